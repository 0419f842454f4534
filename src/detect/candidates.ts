/**
 * @file Candidates: "anchor a sees class k". Every anchor scores every class, which is A x (K - 1) pairs a
 * picture; those above the score threshold wait here, and are handed out best first.
 *
 * Usually a few hundred of thousands are ever looked at. So only the best thousand or so are taken in at first (a count of
 * scores by size, the histogram, tells where to cut); the rest comes in if those run out. And they are not sorted. They stand in a binary heap:
 * a list in which candidate i is better than candidates 2i + 1 and 2i + 2. The best is at the front, and taking it
 * away mends the list in log2(length) steps.
 *
 * Shapes: A anchors, K classes with background.
 */

import { SingleshotError } from '../error/singleshot-error.ts'

/** One anchor's answer for one class. */
export interface Candidate {
  /** Index of the anchor, 0..A-1. */
  readonly anchor: number
  /** 0-based, without background. */
  readonly classId: number
  /** Probability, 0..1. */
  readonly score: number
}

/** Candidates above a threshold, best first; equal scores by lower class, then lower anchor. */
export class CandidateQueue {
  readonly #probabilities: Float32Array
  readonly #anchorCount: number
  /** Candidates whose scores are below the cut: not yet in the heap. */
  readonly #waiting: { readonly above: number; readonly upTo: number; count: number }
  #scores: Float32Array
  /** classId · A + anchor: of two equal scores the lower one goes first. */
  #ids: Int32Array
  #length: number

  /**
   * @param probabilities [A, K], each 0..1, column 0 is background; NaN is no candidate
   * @param anchorCount A
   * @param scoreThreshold 0..1; a candidate must be above it
   * @throws E_CONFIG when the threshold is out of range; E_SHAPE when the probabilities are no whole rows
   */
  constructor(probabilities: Float32Array, anchorCount: number, scoreThreshold: number) {
    checkThreshold(scoreThreshold)
    checkRows(probabilities, anchorCount)
    this.#probabilities = probabilities
    this.#anchorCount = anchorCount
    const { cut, best, rest } = findCut(probabilities, this.#columns, scoreThreshold)
    this.#waiting = { above: scoreThreshold, upTo: cut, count: rest }
    this.#scores = new Float32Array(best)
    this.#ids = new Int32Array(best)
    this.#length = best
    this.#fill(cut, Number.POSITIVE_INFINITY)
  }

  /** K. */
  get #columns(): number {
    return this.#anchorCount === 0 ? 1 : this.#probabilities.length / this.#anchorCount
  }

  /** Candidates that are still to come. */
  get length(): number {
    return this.#length + this.#waiting.count
  }

  /** Puts the candidates with above < score <= upTo into the heap, whose arrays have just their number of places. */
  #fill(above: number, upTo: number): void {
    const probabilities = this.#probabilities
    const columns = this.#columns
    let next = 0
    for (let a = 0, at = 0; a < this.#anchorCount; a++, at += columns)
      for (let k = 1; k < columns; k++) {
        const score = probabilities[at + k]!
        if (!(score > above && score <= upTo)) continue
        this.#scores[next] = score
        this.#ids[next++] = (k - 1) * this.#anchorCount + a
      }
    for (let i = (next >> 1) - 1; i >= 0; i--) this.#sink(i)
  }

  /** The best are used up: the rest comes in. */
  #fillWithRest(): void {
    const { above, upTo, count } = this.#waiting
    this.#waiting.count = 0
    this.#scores = new Float32Array(count)
    this.#ids = new Int32Array(count)
    this.#length = count
    this.#fill(above, upTo)
  }

  /** Takes the best candidate out; undefined when none is left. */
  take(): Candidate | undefined {
    if (this.#length === 0 && this.#waiting.count > 0) this.#fillWithRest()
    if (this.#length === 0) return undefined
    const id = this.#ids[0]!
    const score = this.#scores[0]!
    this.#length -= 1
    this.#scores[0] = this.#scores[this.#length]!
    this.#ids[0] = this.#ids[this.#length]!
    this.#sink(0)
    const anchor = id % this.#anchorCount
    return { anchor, classId: (id - anchor) / this.#anchorCount, score }
  }

  /** Lets the candidate at place i change places with the better of the two below it, until none is better. */
  #sink(start: number): void {
    const scores = this.#scores
    const ids = this.#ids
    const length = this.#length
    const isBetter = (place: number, score: number, id: number) =>
      scores[place]! > score || (scores[place]! === score && ids[place]! < id)
    const score = scores[start]!
    const id = ids[start]!
    let hole = start
    for (let below = 2 * hole + 1; below < length; below = 2 * hole + 1) {
      if (below + 1 < length && isBetter(below + 1, scores[below]!, ids[below]!)) below += 1
      if (!isBetter(below, score, id)) break
      scores[hole] = scores[below]!
      ids[hole] = ids[below]!
      hole = below
    }
    scores[hole] = score
    ids[hole] = id
  }
}

function checkThreshold(scoreThreshold: number): void {
  if (Number.isFinite(scoreThreshold) && scoreThreshold >= 0 && scoreThreshold <= 1) return
  const rule = 'expected scoreThreshold to be a number from 0 to 1'
  throw new SingleshotError('E_CONFIG', { where: 'CandidateQueue', rule, got: scoreThreshold })
}

function checkRows(probabilities: Float32Array, anchorCount: number): void {
  const columns = anchorCount === 0 ? 1 : probabilities.length / anchorCount
  const empty = anchorCount === 0 && probabilities.length === 0
  if (empty || (Number.isInteger(columns) && columns >= 1)) return
  const rule = `expected a row of probabilities for each of ${anchorCount} anchors`
  throw new SingleshotError('E_SHAPE', { where: 'CandidateQueue', rule, got: probabilities.length })
}

/** Take in at least this many candidates at first, if there are as many: ten pictures full of detections. */
const AT_FIRST = 2000

/** Scores are counted in logarithmic bins about 0.2 % wide: the float's bits without the lowest 14. */
const BIN_BITS = 14

/**
 * Where to cut: about {@link AT_FIRST} candidates have scores above the cut.
 * @returns the cut (at least the threshold), how many are above it, and how many between the threshold and it
 */
function findCut(probabilities: Float32Array, columns: number, scoreThreshold: number) {
  // The bits of positive floats, read as whole numbers, are in the same order as the floats.
  const bits = new Int32Array(probabilities.buffer, probabilities.byteOffset, probabilities.length)
  const bin = (bitsOfScore: number) => bitsOfScore >> BIN_BITS
  const lowest = bin(bitsOf(scoreThreshold))
  const histogram = new Int32Array(bin(bitsOf(1)) - lowest + 2)
  let count = 0
  for (let at = 0; at < probabilities.length; at += columns)
    for (let k = 1; k < columns; k++)
      if (probabilities[at + k]! > scoreThreshold) {
        const place = bin(bits[at + k]!) - lowest
        histogram[Math.min(place, histogram.length - 1)]! += 1
        count += 1
      }
  let best = 0
  let place = histogram.length
  while (place > 1 && best < AT_FIRST) best += histogram[--place]!
  if (place <= 1) return { cut: scoreThreshold, best: count, rest: 0 }
  // The largest score of the bin below: everything in the bins that were counted is above it.
  const cut = floatOf(((place + lowest) << BIN_BITS) - 1)
  return { cut, best, rest: count - best }
}

const scratch = new Int32Array(1)
const scratchFloat = new Float32Array(scratch.buffer)

/** The 32 bits of a float. */
function bitsOf(value: number): number {
  scratchFloat[0] = value
  return scratch[0]!
}

/** The float with these 32 bits. */
function floatOf(bits: number): number {
  scratch[0] = bits
  return scratchFloat[0]!
}
