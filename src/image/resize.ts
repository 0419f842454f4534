/**
 * @file Changing the size of a picture without losing or inventing detail.
 *
 * Each new pixel is a weighted mean of the old pixels under a triangle ("bilinear" filter). When the
 * picture shrinks, the triangle widens by the same factor, so that every old pixel counts and fine
 * patterns blur instead of flickering (antialiasing). The two axes are done one after the other.
 *
 *     centre = (i + 0.5) · from / to          (half-pixel centres: the edges of both pictures coincide)
 *     weight(j) = max(0, 1 - |j + 0.5 - centre| / max(1, from / to)),  divided by the sum of the weights
 *
 * The same filter as Pillow's BILINEAR and `antialias=True` in torchvision, within rounding.
 */
import type { Size } from '../box/box.ts'
import { checkSide, type Image } from './image.ts'

/**
 * The picture at another size; the aspect ratio is not kept.
 * @param image any size from 1x1 up
 * @param size pixels, whole numbers from 1 up
 * @returns a new picture, or the same one if it has that size already
 * @throws E_SHAPE if a side of the new size is not a whole number from 1 up
 */
export function resizeImage(image: Image, size: Size): Image {
  checkSide('resizeImage', size.width)
  checkSide('resizeImage', size.height)
  if (image.width === size.width && image.height === size.height) return image
  const rows = triangleTaps(image.height, size.height)
  const columns = triangleTaps(image.width, size.width)
  const data = new Uint8Array(size.width * size.height * 3)
  const blended = new Float32Array(image.width * 3)
  for (let y = 0; y < size.height; y++) {
    blendRows(image, rows, y, blended)
    blendColumns(blended, columns, data, y * size.width * 3)
  }
  return { ...size, data }
}

/** For each new pixel of one axis: which old pixels count, and how much. */
interface Taps {
  /** New pixels. */
  readonly count: number
  /** Weights kept for each new pixel; unused ones are 0. */
  readonly width: number
  /** [count] The first old pixel. */
  readonly first: Int32Array
  /** [count] One past the last old pixel. */
  readonly end: Int32Array
  /** [count, width] They sum to 1 for each new pixel. */
  readonly weights: Float32Array
}

/** The triangle filter along one axis of `from` pixels that gets `to` pixels. */
function triangleTaps(from: number, to: number): Taps {
  const step = from / to
  const reach = Math.max(1, step)
  const width = Math.ceil(reach) * 2 + 1
  const first = new Int32Array(to)
  const end = new Int32Array(to)
  const weights = new Float32Array(to * width)
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * step
    const start = Math.max(0, Math.floor(centre - reach + 0.5))
    const stop = Math.min(from, Math.floor(centre + reach + 0.5))
    let sum = 0
    for (let j = start; j < stop; j++) sum += 1 - Math.abs(j + 0.5 - centre) / reach
    for (let j = start; j < stop; j++)
      weights[i * width + j - start] = (1 - Math.abs(j + 0.5 - centre) / reach) / sum
    first[i] = start
    end[i] = stop
  }
  return { count: to, width, first, end, weights }
}

/** Mixes old rows into the one that lies at new row y. `blended` [old width, 3] is overwritten. */
function blendRows(image: Image, taps: Taps, y: number, blended: Float32Array): void {
  const { data } = image
  const length = blended.length
  const first = taps.first[y]!
  const end = taps.end[y]!
  blended.fill(0)
  for (let row = first; row < end; row++) {
    const weight = taps.weights[y * taps.width + row - first]!
    for (let i = 0, from = row * length; i < length; i++, from++)
      blended[i]! += weight * data[from]!
  }
}

/** Mixes the columns of one blended row and rounds: writes new width x 3 bytes from `at` on. */
function blendColumns(blended: Float32Array, taps: Taps, data: Uint8Array, at: number): void {
  const { first, end, weights, width } = taps
  for (let x = 0; x < taps.count; x++) {
    let red = 0
    let green = 0
    let blue = 0
    let tap = x * width
    for (let i = first[x]! * 3, stop = end[x]! * 3; i < stop; i += 3, tap++) {
      const weight = weights[tap]!
      red += weight * blended[i]!
      green += weight * blended[i + 1]!
      blue += weight * blended[i + 2]!
    }
    // A mean of bytes is at most 255 (plus rounding noise far below 0.5), so + 0.5 and truncation rounds.
    data[at + x * 3] = red + 0.5
    data[at + x * 3 + 1] = green + 0.5
    data[at + x * 3 + 2] = blue + 0.5
  }
}
