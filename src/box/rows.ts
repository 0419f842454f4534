/**
 * @file Rows of flat arrays. M boxes are one Float32Array [M, 4]; these two functions are all the
 * bookkeeping that this layout needs: how many rows there are, and a copy of some of them.
 */
import { SingleshotError } from '../error/singleshot-error.ts'

/**
 * Counts the boxes of a flat array.
 * @param boxes corners or centre-size, [M, 4]
 * @param where the function that asks, for the message
 * @returns M
 * @throws E_SHAPE when the length is no multiple of four
 */
export function countRows(boxes: Float32Array, where: string): number {
  if (boxes.length % 4 === 0) return boxes.length / 4
  const rule = 'expected four numbers a box'
  throw new SingleshotError('E_SHAPE', { where, rule, got: `${boxes.length} numbers` })
}

/**
 * Copies some rows, in the order asked for; a row may be asked for twice.
 * @param boxes corners or centre-size, [M, 4]
 * @param indices row numbers, each in 0..M-1
 * @returns [indices.length, 4]
 */
export function takeRows(boxes: Float32Array, indices: ArrayLike<number>): Float32Array {
  const taken = new Float32Array(indices.length * 4)
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * 4
    taken.set(boxes.subarray(from, from + 4), i * 4)
  }
  return taken
}
