/** @file A part of a picture. */
import type { Box } from '../box/box.ts'
import type { Image } from './image.ts'

/**
 * The part of a picture inside a box.
 * @param box pixels of the picture; it is moved out to whole pixels and cut off at the picture's edges. At least one pixel
 * is left.
 * @returns the part, and where its upper left corner lies in the picture
 */
export function cropImage(
  { width, height, data }: Image,
  box: Box,
): { readonly image: Image; readonly x: number; readonly y: number } {
  const x = Math.min(width - 1, Math.max(0, Math.floor(box.x1)))
  const y = Math.min(height - 1, Math.max(0, Math.floor(box.y1)))
  const right = Math.min(width, Math.max(x + 1, Math.ceil(box.x2)))
  const lower = Math.min(height, Math.max(y + 1, Math.ceil(box.y2)))
  const part = { width: right - x, height: lower - y }
  const rows = new Uint8Array(part.width * part.height * 3)
  for (let row = 0; row < part.height; row++) {
    const from = ((y + row) * width + x) * 3
    rows.set(data.subarray(from, from + part.width * 3), row * part.width * 3)
  }
  return { image: { ...part, data: rows }, x, y }
}
