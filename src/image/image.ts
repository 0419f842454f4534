/** @file What a picture is, once decoded: rows of RGB bytes, upright (orientation already applied). */
import type { Size } from '../box/box.ts'
import { SingleshotError } from '../error/singleshot-error.ts'

/** Pixels of the largest picture: 768 MB. */
const MOST_PIXELS = 2 ** 28

/** A picture in memory. */
export interface Image {
  /** Pixels. */
  readonly width: number
  /** Pixels. */
  readonly height: number
  /** RGB, 0..255, row after row, three bytes a pixel: [height, width, 3]. */
  readonly data: Uint8Array
}

/**
 * Pixels that somebody hands over: an {@link Image}, or one with a fourth byte per pixel, its opacity, as the ImageData
 * of a canvas has.
 */
export interface PixelImage extends Size {
  /** RGB or RGBA, 0..255, row after row: [height, width, 3 or 4]. */
  readonly data: Uint8Array | Uint8ClampedArray
}

/** Red, green, blue; 0..255 each, not necessarily whole. */
export type Rgb = readonly [red: number, green: number, blue: number]

/**
 * A picture of one colour.
 * @param size pixels, whole numbers from 1 up
 * @param colour 0..255 each; black if left out
 * @throws E_SHAPE if a side is not a whole number from 1 up, or the picture larger than {@link MOST_PIXELS}
 */
export function createImage({ width, height }: Size, colour: Rgb = [0, 0, 0]): Image {
  checkSide('createImage', width)
  checkSide('createImage', height)
  if (width * height > MOST_PIXELS)
    throw new SingleshotError('E_SHAPE', {
      where: 'createImage',
      rule: `expected at most ${MOST_PIXELS} pixels`,
      got: `${width}x${height}`,
    })
  const data = new Uint8Array(width * height * 3)
  if (colour.some((value) => value !== 0))
    for (let i = 0; i < data.length; i++) data[i] = colour[i % 3]!
  return { width, height, data }
}

/** @throws E_SHAPE if a side of a picture is not a whole number from 1 up */
export function checkSide(where: string, side: number): void {
  if (Number.isInteger(side) && side >= 1) return
  const rule = 'expected the sides of a picture to be whole numbers of pixels from 1 up'
  throw new SingleshotError('E_SHAPE', { where, rule, got: side })
}

/**
 * Checks pixels that were handed over. Where they are not quite opaque, white shows through, as in pictures from files.
 * @param where the function they were given to
 * @returns the picture itself if it is an {@link Image} already
 * @throws E_ARGUMENT if it is no object of width, height and as many bytes as the sides ask for
 */
export function checkImage(where: string, picture: PixelImage): Image {
  const refuse = (rule: string, got: unknown) =>
    new SingleshotError('E_ARGUMENT', { where, rule, got })
  const { width, height, data } = (picture ?? {}) as Partial<PixelImage>
  const sides = [width, height]
  if (!sides.every((side) => Number.isInteger(side) && (side as number) >= 1))
    throw refuse('expected a picture whose width and height are whole numbers from 1 up', sides)
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray))
    throw refuse('expected the data of a picture as bytes, a Uint8Array', kindOf(data))
  const pixels = width! * height!
  if (data.length !== 3 * pixels && data.length !== 4 * pixels)
    throw refuse(
      `expected ${3 * pixels} bytes of RGB, or ${4 * pixels} of RGBA, for ${width}x${height} pixels`,
      data.length,
    )
  if (data.length === 4 * pixels) return { width: width!, height: height!, data: onWhite(data) }
  if (data instanceof Uint8Array) return picture as Image
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length)
  return { width: width!, height: height!, data: bytes }
}

/** RGBA as RGB: each pixel as it looks on white paper. */
function onWhite(rgba: Uint8Array | Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3)
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    const opacity = rgba[from + 3]! / 255
    for (let channel = 0; channel < 3; channel++)
      rgb[to++] = Math.round(255 + (rgba[from + channel]! - 255) * opacity)
  }
  return rgb
}

function kindOf(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? (value.constructor?.name ?? 'object')
    : typeof value
}
