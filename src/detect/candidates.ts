/**
 * @file Candidates: "anchor a sees class k". Every anchor scores every class, which is A x (K - 1) pairs a
 * picture; those above the score threshold wait here, and are handed out best first.
 *
 * Usually a few dozen of thousands are ever looked at, so they are not sorted. They stand in a binary heap:
 * a list in which candidate i is better than candidates 2i + 1 and 2i + 2. The best is at the front, and taking it
 * away mends the list in log2(length) steps.
 *
 * Shapes: A anchors, K classes with background.
 */

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
  readonly #anchorCount: number
  readonly #scores: Float32Array
  /** classId · A + anchor: of two equal scores the lower one goes first. */
  readonly #ids: Int32Array
  #length = 0

  /**
   * @param probabilities [A, K], each 0..1, column 0 is background; NaN is no candidate
   * @param anchorCount A
   * @param scoreThreshold 0..1; a candidate must be above it
   */
  constructor(probabilities: Float32Array, anchorCount: number, scoreThreshold: number) {
    const columns = anchorCount === 0 ? 1 : probabilities.length / anchorCount
    this.#anchorCount = anchorCount
    const count = countAbove(probabilities, columns, scoreThreshold)
    const scores = new Float32Array(count)
    const ids = new Int32Array(count)
    let next = 0
    for (let a = 0, at = 0; a < anchorCount; a++, at += columns)
      for (let k = 1; k < columns; k++) {
        const score = probabilities[at + k]!
        if (!(score > scoreThreshold)) continue
        scores[next] = score
        ids[next++] = (k - 1) * anchorCount + a
      }
    this.#scores = scores
    this.#ids = ids
    this.#length = count
    for (let i = (count >> 1) - 1; i >= 0; i--) this.#sink(i)
  }

  /** Candidates that still wait. */
  get length(): number {
    return this.#length
  }

  /** Takes the best candidate out; undefined when none is left. */
  take(): Candidate | undefined {
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

/** Probabilities above the threshold, background not counted. */
function countAbove(probabilities: Float32Array, columns: number, scoreThreshold: number): number {
  let count = 0
  for (let at = 0; at < probabilities.length; at += columns)
    for (let k = 1; k < columns; k++) if (probabilities[at + k]! > scoreThreshold) count += 1
  return count
}
