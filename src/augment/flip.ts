/** @file Mirror images: half of all pictures, left for right. A box is mirrored by the same transform. */
import type { Size } from '../box/box.ts'
import { flipTransform, type Transform } from '../image/transform.ts'
import type { Random } from '../random/random.ts'
import type { FlipOptions } from './options.ts'

/**
 * Draws whether to mirror.
 * @param size of the picture in pixels
 * @returns from the picture to its mirror image (or itself), of the same size
 */
export function drawFlip(size: Size, random: Random, options: FlipOptions): Transform {
  const horizontal = random.chance(options.horizontal)
  const vertical = random.chance(options.vertical)
  return flipTransform(size, { horizontal, vertical })
}
