/**
 * @file The two layouts of a box, and the way from one to the other. Corners are what people draw and
 * what IoU needs; centre-size is what a network predicts, because moving and stretching a box are then
 * separate numbers.
 *
 *     cx = (x1 + x2) / 2    w = x2 - x1        x1 = cx - w / 2    x2 = cx + w / 2
 *     cy = (y1 + y2) / 2    h = y2 - y1        y1 = cy - h / 2    y2 = cy + h / 2
 *
 * The two functions undo each other, up to rounding: `toCorners(toCentreSizes(b)) = b`.
 *
 * Shapes: M boxes, [M, 4].
 */
import type { Box, CentreSizes, Corners } from './box.ts'
import { countRows } from './rows.ts'

/**
 * Corners to centre-size.
 * @param corners [M, 4], any unit
 * @returns centre-size [M, 4] in the same unit
 * @throws E_SHAPE when the length is no multiple of four
 */
export function toCentreSizes(corners: Corners): CentreSizes {
  const count = countRows(corners, 'toCentreSizes')
  const centreSizes = new Float32Array(count * 4)
  for (let at = 0; at < corners.length; at += 4) {
    const x1 = corners[at]!
    const y1 = corners[at + 1]!
    const x2 = corners[at + 2]!
    const y2 = corners[at + 3]!
    centreSizes[at] = (x1 + x2) / 2
    centreSizes[at + 1] = (y1 + y2) / 2
    centreSizes[at + 2] = x2 - x1
    centreSizes[at + 3] = y2 - y1
  }
  return centreSizes
}

/**
 * Centre-size to corners.
 * @param centreSizes [M, 4], any unit, widths and heights >= 0
 * @returns corners [M, 4] in the same unit
 * @throws E_SHAPE when the length is no multiple of four
 */
export function toCorners(centreSizes: CentreSizes): Corners {
  const count = countRows(centreSizes, 'toCorners')
  const corners = new Float32Array(count * 4)
  for (let i = 0; i < count; i++) {
    const { x1, y1, x2, y2 } = cornersAt(centreSizes, i)
    corners.set([x1, y1, x2, y2], i * 4)
  }
  return corners
}

/**
 * One box of many as corners.
 * @param centreSizes [M, 4], any unit, widths and heights >= 0
 * @param i which one, 0..M-1
 * @returns corners in the same unit
 */
export function cornersAt(centreSizes: CentreSizes, i: number): Box {
  const at = i * 4
  const cx = centreSizes[at]!
  const cy = centreSizes[at + 1]!
  const halfWidth = centreSizes[at + 2]! / 2
  const halfHeight = centreSizes[at + 3]! / 2
  return { x1: cx - halfWidth, y1: cy - halfHeight, x2: cx + halfWidth, y2: cy + halfHeight }
}
