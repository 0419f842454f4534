/**
 * @file IoU, intersection over union (older word: Jaccard index): how well two boxes agree, from 0
 * (they do not touch) to 1 (they are the same box).
 *
 *     IoU(a, b) = area(a and b) / (area(a) + area(b) - area(a and b))
 *
 * A box without area, an inverted box and a box with a coordinate that is NaN overlap nothing: their IoU
 * with anything is 0, also with themselves, and never NaN. Coordinates must be in one unit and not infinite.
 *
 * Shapes: M ground-truth boxes, A anchors.
 */
import type { Box, Corners } from './box.ts'
import { countRows } from './rows.ts'

/**
 * IoU of two boxes. Symmetric.
 * @param a corners, any unit
 * @param b corners, same unit
 * @returns 0..1
 * @example
 * ```js
 * import { boxIou } from 'singleshot/core'
 *
 * const left = { x1: 0, y1: 0, x2: 20, y2: 10 }
 * const right = { x1: 10, y1: 0, x2: 30, y2: 10 }
 * console.log(boxIou(left, right).toFixed(2)) // → 0.33
 * ```
 */
export function boxIou(a: Box, b: Box): number {
  return iou(a.x1, a.y1, a.x2, a.y2, b.x1, b.y1, b.x2, b.y2)
}

/**
 * IoU of row i of one flat array and row j of another (or the same one).
 * @param a corners [M, 4]
 * @param i row of a, 0..M-1
 * @param b corners, same unit
 * @param j row of b
 * @returns 0..1
 */
export function rowIou(a: Corners, i: number, b: Corners, j: number): number {
  const m = i * 4
  const n = j * 4
  return iou(a[m]!, a[m + 1]!, a[m + 2]!, a[m + 3]!, b[n]!, b[n + 1]!, b[n + 2]!, b[n + 3]!)
}

/**
 * IoU of every ground-truth box with every anchor.
 * @param groundTruth corners [M, 4], any unit
 * @param anchors corners [A, 4], same unit
 * @returns [M, A], row after row, each 0..1
 * @throws E_SHAPE when a length is no multiple of four
 */
export function iouMatrix(groundTruth: Corners, anchors: Corners): Float32Array {
  const rows = countRows(groundTruth, 'iouMatrix')
  const columns = countRows(anchors, 'iouMatrix')
  const matrix = new Float32Array(rows * columns)
  for (let m = 0; m < rows; m++) {
    const x1 = groundTruth[m * 4]!
    const y1 = groundTruth[m * 4 + 1]!
    const x2 = groundTruth[m * 4 + 2]!
    const y2 = groundTruth[m * 4 + 3]!
    const row = m * columns
    for (let a = 0, at = 0; a < columns; a++, at += 4)
      matrix[row + a] = iou(
        x1,
        y1,
        x2,
        y2,
        anchors[at]!,
        anchors[at + 1]!,
        anchors[at + 2]!,
        anchors[at + 3]!,
      )
  }
  return matrix
}

/** The formula, with the boxes spread out so that the loops above allocate nothing. */
function iou(
  ax1: number,
  ay1: number,
  ax2: number,
  ay2: number,
  bx1: number,
  by1: number,
  bx2: number,
  by2: number,
): number {
  // Math.min and Math.max hand NaN on, and NaN > 0 is false: a broken box leaves here.
  const width = Math.min(ax2, bx2) - Math.max(ax1, bx1)
  if (!(width > 0)) return 0
  const height = Math.min(ay2, by2) - Math.max(ay1, by1)
  if (!(height > 0)) return 0
  const intersection = width * height
  const union = (ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - intersection
  // The product of two tiny sides may round to 0 although neither side is 0.
  return union > 0 ? intersection / union : 0
}
