/**
 * @file Keeps a box inside a picture. The part that sticks out is cut off; a box that lies wholly outside
 * becomes one without area on the picture's edge, which the caller must drop.
 *
 *     x' = min(max(x, 0), width)    y' = min(max(y, 0), height)
 */
import type { Box, Size } from './box.ts'

/**
 * Clips one box.
 * @param box corners in pixels of the picture
 * @param size the picture, pixels
 * @returns corners within 0..width and 0..height
 */
export function clipBox(box: Box, size: Size): Box {
  return {
    x1: clamp(box.x1, size.width),
    y1: clamp(box.y1, size.height),
    x2: clamp(box.x2, size.width),
    y2: clamp(box.y2, size.height),
  }
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, 0), limit)
}
