/**
 * @file The boxes of one class that NMS has kept so far, and the one question it asks of them: does this
 * box overlap one of you too much? It is asked thousands of times a picture, so the numbers lie flat.
 *
 *     IoU > t   is asked as   shared > t * (area + other area - shared), which needs no division
 *
 * Shapes: B boxes kept.
 */
import type { Box } from '../box/box.ts'

/** x1, y1, x2, y2 and the area. */
const NUMBERS_A_BOX = 5

/** Kept boxes, in the order in which they were kept. */
export class KeptBoxes {
  #numbers = new Float64Array(16 * NUMBERS_A_BOX)
  #count = 0

  /**
   * The first kept box that overlaps a box by more than the threshold.
   * @param box any unit, the same for all
   * @param nmsIouThreshold 0..1
   * @returns its place in the order of keeping (the first was kept with the highest score), undefined if there is none
   */
  suppressorOf({ x1, y1, x2, y2 }: Box, nmsIouThreshold: number): number | undefined {
    const area = (x2 - x1) * (y2 - y1)
    const kept = this.#numbers
    for (let i = 0, at = 0; i < this.#count; i++, at += NUMBERS_A_BOX) {
      const width = Math.min(x2, kept[at + 2]!) - Math.max(x1, kept[at]!)
      if (width <= 0) continue
      const height = Math.min(y2, kept[at + 3]!) - Math.max(y1, kept[at + 1]!)
      if (height <= 0) continue
      const shared = width * height
      if (shared > nmsIouThreshold * (area + kept[at + 4]! - shared)) return i
    }
    return undefined
  }

  /** Keeps one more. */
  keep({ x1, y1, x2, y2 }: Box): void {
    const at = this.#count * NUMBERS_A_BOX
    if (at === this.#numbers.length) this.#grow()
    this.#numbers[at] = x1
    this.#numbers[at + 1] = y1
    this.#numbers[at + 2] = x2
    this.#numbers[at + 3] = y2
    this.#numbers[at + 4] = (x2 - x1) * (y2 - y1)
    this.#count += 1
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#numbers.length)
    larger.set(this.#numbers)
    this.#numbers = larger
  }
}
