/**
 * @file What `sample.ts` does, for a picture that is shown turned. Rows of the output then run across rows of the source,
 * so nothing of one row serves the next, and every pixel is mixed and recoloured by itself: about three times slower.
 *
 *     (u, v) = map (i + 0.5, k + 0.5)        out(k, i) = A · mix of the four pixels around (u - 0.5, v - 0.5) + t
 *
 * Shapes: output planes [3, H, W], red, green, blue.
 */
import type { Size } from '../box/box.ts'
import { applyColours, type ColourMatrix } from './colour-matrix.ts'
import type { Image, Rgb } from './image.ts'
import { checkRoom } from './normalise.ts'
import { type Pyramid, pyramidLevel } from './pyramid.ts'
import type { Affine } from './turn.ts'

/** What to draw: where each output pixel looks, and what is done to the colours. */
export interface SampleTurnedOptions {
  /** From output pixels to pixels of the pyramid's level 0. */
  readonly map: Affine
  /** On 0..255 RGB, giving the values that are written. */
  readonly colour: ColourMatrix
  /** The colour around the picture, 0..255; it goes through the matrix too. */
  readonly fill: Rgb
}

/**
 * Draws a picture through a map that turns it into a network's input.
 * @param output receives [3, H, W] from `offset` on
 * @param size of the output in pixels: W and H
 * @throws E_SHAPE if the output is too short
 */
export function sampleTurnedInto(
  pyramid: Pyramid,
  { map, colour, fill }: SampleTurnedOptions,
  output: Float32Array,
  offset: number,
  { width, height }: Size,
): void {
  const plane = width * height
  checkRoom('sampleTurnedInto', output, offset, plane)
  const level = pyramidLevel(pyramid, Math.sqrt(Math.abs(map.xx * map.yy - map.xy * map.yx)))
  const image = pyramid.levels[level]!
  const full = pyramid.levels[0]
  const shrink = 0.5 ** level
  for (let k = 0; k < height; k++)
    for (let i = 0; i < width; i++) {
      const u = map.xx * (i + 0.5) + map.xy * (k + 0.5) + map.x0
      const v = map.yx * (i + 0.5) + map.yy * (k + 0.5) + map.y0
      const inside = u >= 0 && u < full.width && v >= 0 && v < full.height
      const [r, g, b] = applyColours(colour, inside ? mixAt(image, u * shrink, v * shrink) : fill)
      const at = offset + k * width + i
      output[at] = r
      output[at + plane] = g
      output[at + 2 * plane] = b
    }
}

/** The four pixels around a place, mixed; beyond the edge the last pixel counts again. */
function mixAt({ width, height, data }: Image, u: number, v: number): Rgb {
  const [left, top] = [Math.floor(u - 0.5), Math.floor(v - 0.5)]
  const [x, y] = [u - 0.5 - left, v - 0.5 - top]
  const near = Math.max(0, left)
  const far = Math.min(width - 1, left + 1)
  const upper = Math.max(0, top) * width
  const lower = Math.min(height - 1, top + 1) * width
  const channel = (c: number) => {
    const above = mix(data[(upper + near) * 3 + c]!, data[(upper + far) * 3 + c]!, x)
    return mix(above, mix(data[(lower + near) * 3 + c]!, data[(lower + far) * 3 + c]!, x), y)
  }
  return [channel(0), channel(1), channel(2)]
}

function mix(from: number, to: number, share: number): number {
  return from + share * (to - from)
}
