/**
 * @file Carries a box from one picture to the same picture at another size: from a photograph to the
 * network's input before training, and back after detection. Width and height scale separately, so it is
 * the box's side of a warp (the aspect ratio of the picture is not kept), as SSD does it.
 *
 *     x' = x * to.width / from.width    y' = y * to.height / from.height
 */
import type { Box, Size } from './box.ts'

/**
 * Scales a box along with its picture. `scaleBox(scaleBox(b, p, q), q, p) = b`, up to rounding.
 * @param box corners in pixels of a picture of size `from`
 * @param from size of that picture, pixels, > 0
 * @param to size of the resized picture, pixels
 * @returns corners in pixels of the resized picture
 */
export function scaleBox(box: Box, from: Size, to: Size): Box {
  const scaleX = to.width / from.width
  const scaleY = to.height / from.height
  return {
    x1: box.x1 * scaleX,
    y1: box.y1 * scaleY,
    x2: box.x2 * scaleX,
    y2: box.y2 * scaleY,
  }
}
