/** @file Boxes that were turned, and the upright box around them. */
import type { Box } from '../box/box.ts'
import { boxAround } from './label-fault.ts'

/**
 * The corners of a box after it was turned, x and y in turn.
 * @param degrees clockwise, as pictures are seen (y grows downwards) @param about the point that stays
 */
export function turnedCorners(
  { x1, y1, x2, y2 }: Box,
  degrees: number,
  about: { readonly x: number; readonly y: number },
): number[] {
  const angle = (degrees * Math.PI) / 180
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  const corners = [x1, y1, x2, y1, x2, y2, x1, y2]
  return corners.map((_, i) => {
    const [dx, dy] = [corners[i - (i % 2)]! - about.x, corners[i - (i % 2) + 1]! - about.y]
    return i % 2 === 0 ? about.x + dx * cos - dy * sin : about.y + dx * sin + dy * cos
  })
}

/** The upright box around a box that was turned about its centre. @param degrees clockwise */
export function aroundTurned(box: Box, degrees: number): Box {
  const about = { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 }
  return boxAround(turnedCorners(box, degrees, about))
}
