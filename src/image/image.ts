/** @file What a picture is, once decoded: rows of RGB bytes, upright (orientation already applied). */
import type { Size } from '../box/box.ts'
import { SingleshotError } from '../error/singleshot-error.ts'

/** A picture in memory. */
export interface Image {
  /** Pixels. */
  readonly width: number
  /** Pixels. */
  readonly height: number
  /** RGB, 0..255, row after row, three bytes a pixel: [height, width, 3]. */
  readonly data: Uint8Array
}

/** Red, green, blue; 0..255 each, not necessarily whole. */
export type Rgb = readonly [red: number, green: number, blue: number]

/**
 * A picture of one colour.
 * @param size pixels, whole numbers from 1 up
 * @param colour 0..255 each; black if left out
 * @throws E_SHAPE if a side is not a whole number from 1 up
 */
export function createImage({ width, height }: Size, colour: Rgb = [0, 0, 0]): Image {
  checkSide('createImage', width)
  checkSide('createImage', height)
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
