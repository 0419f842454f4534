/**
 * @file Claims: "anchor a sees class k". Every anchor may claim every class, which is A x (K - 1) claims a
 * picture; those above the score threshold wait here, and are handed out best first.
 *
 * Usually a few dozen of thousands are ever looked at, so they are not sorted. They stand in a binary heap:
 * a list in which claim i is better than claims 2i + 1 and 2i + 2. The best is at the front, and taking it
 * away mends the list in log2(length) steps.
 *
 * Shapes: A anchors, K classes with background.
 */

/** One anchor's answer for one class. */
export interface Claim {
  /** Index of the anchor, 0..A-1. */
  readonly anchor: number
  /** 0-based, without background. */
  readonly classId: number
  /** Probability, 0..1. */
  readonly score: number
}

/** Claims above a threshold, best first; equal scores by lower class, then lower anchor. */
export class ClaimQueue {
  readonly #anchorCount: number
  readonly #scores: Float32Array
  /** classId · A + anchor: of two equal scores the lower one goes first. */
  readonly #ids: Int32Array
  #length = 0

  /**
   * @param probabilities [A, K], each 0..1, column 0 is background; NaN is no claim
   * @param anchorCount A
   * @param scoreThreshold 0..1; a claim must be above it
   */
  constructor(probabilities: Float32Array, anchorCount: number, scoreThreshold: number) {
    const columns = anchorCount === 0 ? 1 : probabilities.length / anchorCount
    this.#anchorCount = anchorCount
    let claims = 0
    for (let a = 0, at = 0; a < anchorCount; a++, at += columns)
      for (let k = 1; k < columns; k++) if (probabilities[at + k]! > scoreThreshold) claims += 1
    this.#scores = new Float32Array(claims)
    this.#ids = new Int32Array(claims)
    for (let a = 0, at = 0; a < anchorCount; a++, at += columns)
      for (let k = 1; k < columns; k++)
        if (probabilities[at + k]! > scoreThreshold) {
          this.#scores[this.#length] = probabilities[at + k]!
          this.#ids[this.#length++] = (k - 1) * anchorCount + a
        }
    for (let i = (claims >> 1) - 1; i >= 0; i--) this.#sink(i)
  }

  /** Claims that still wait. */
  get length(): number {
    return this.#length
  }

  /** Takes the best claim out; undefined when none is left. */
  take(): Claim | undefined {
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

  /** Lets the claim at place i change places with the better of the two below it, until none is better. */
  #sink(start: number): void {
    const score = this.#scores[start]!
    const id = this.#ids[start]!
    let hole = start
    for (let below = 2 * hole + 1; below < this.#length; below = 2 * hole + 1) {
      if (
        below + 1 < this.#length &&
        this.#isBetter(below + 1, this.#scores[below]!, this.#ids[below]!)
      )
        below += 1
      if (!this.#isBetter(below, score, id)) break
      this.#scores[hole] = this.#scores[below]!
      this.#ids[hole] = this.#ids[below]!
      hole = below
    }
    this.#scores[hole] = score
    this.#ids[hole] = id
  }

  /** Whether the claim at a place goes before another. */
  #isBetter(place: number, score: number, id: number): boolean {
    const own = this.#scores[place]!
    return own > score || (own === score && this.#ids[place]! < id)
  }
}
