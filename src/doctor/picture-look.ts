/**
 * @file What a picture looks like, in a few numbers: enough to tell dark, empty and blurred ones, and two that are the
 * same. All numbers come from small grey versions of it, which are the same for the same pixels on every machine.
 */
import type { Size } from '../box/box.ts'
import { LUMA } from '../image/luma.ts'
import type { DataFinding } from './data-finding.ts'

/** Sides of the small version that pictures are compared by. */
export const THUMB: Size = { width: 32, height: 32 }

/** Longer side of the version that sharpness is measured on. */
export const SHARPNESS_SIDE = 192

/** Facts about a picture's file. */
export interface PictureFacts {
  readonly file: string
  /** Upright, pixels. */
  readonly size: Size
  /** What the file is, and what its extension says, where they differ. */
  readonly misnamed?: { readonly kind: string; readonly extension: string } | undefined
  /** The camera's orientation tag, 1 to 8. */
  readonly orientation: number
  /** E.g. `CMYK`, `16 bits`; undefined for 8-bit RGB and grey. */
  readonly colours?: string | undefined
  readonly pages: number
  /** A hash of the file's bytes. */
  readonly digest: string
  /** Grey values, row after row, of {@link THUMB}. */
  readonly thumb: Uint8Array
  /** Mean and deviation of the grey values, 0..255. */
  readonly brightness: number
  readonly contrast: number
  /** The deviation of the Laplacian at {@link SHARPNESS_SIDE}: how much changes from pixel to pixel. */
  readonly sharpness: number
}

/** Grey values below, and above, which a whole picture is nearly black or white. */
const DARK = 16
const LIGHT = 242
/** A deviation of grey values below which there is almost nothing to see. */
const FLAT = 4
/** Of the middle sharpness of all pictures. */
const BLURRED_SHARE = 0.12
/** Longer by shorter side. */
const LONGEST_RATIO = 4

/** What is odd about pictures, each by itself; sharpness beside that of the others. */
export function findInPictures(pictures: readonly PictureFacts[]): DataFinding[] {
  const sharp = pictures.map(relativeSharpness).toSorted((a, b) => a - b)
  const middle = sharp[Math.floor(sharp.length / 2)] ?? 0
  return pictures.flatMap((picture) => findInPicture(picture, middle))
}

/** Beside contrast: a dark or pale picture is no less sharp for that. */
const relativeSharpness = ({ sharpness, contrast }: PictureFacts) =>
  sharpness / Math.max(1, contrast)

function findInPicture(picture: PictureFacts, middle: number): DataFinding[] {
  const { file, size, misnamed, orientation, colours, pages } = picture
  const { brightness, contrast } = picture
  const sharpness = relativeSharpness(picture)
  const { width, height } = size
  const ratio = Math.max(width, height) / Math.min(width, height)
  const grey = `mean grey value ${brightness.toFixed(0)} of 255`
  const isDark = brightness < DARK
  const isLight = brightness > LIGHT
  // A picture that is nearly black or white is told as that.
  const isFlat = contrast < FLAT && !isDark && !isLight
  const found: (readonly [boolean, DataFinding['code'], string])[] = [
    [misnamed !== undefined, 'picture-misnamed', `${misnamed?.kind} named ${misnamed?.extension}`],
    [orientation !== 1, 'picture-turned', `orientation ${orientation}`],
    [colours !== undefined, 'picture-colours', colours ?? ''],
    [pages > 1, 'picture-animated', `${pages} pages`],
    [isDark, 'picture-dark', grey],
    [isLight, 'picture-light', grey],
    [isFlat, 'picture-flat', `grey values differ by ${contrast.toFixed(1)}`],
    [
      !isFlat && sharpness < BLURRED_SHARE * middle,
      'picture-blurred',
      `sharpness ${sharpness.toFixed(2)}; the middle one has ${middle.toFixed(2)}`,
    ],
    [ratio > LONGEST_RATIO, 'picture-ratio', `${width} x ${height}`],
  ]
  return found.flatMap(([holds, code, words]) => (holds ? [{ code, file, found: words }] : []))
}

/**
 * Grey values of a picture: how bright each pixel is to the eye.
 * @param rgb 0..255, three per pixel @returns 0..255, one per pixel
 */
export function greyOf(rgb: Uint8Array): Uint8Array {
  const [red, green, blue] = LUMA
  const grey = new Uint8Array(rgb.length / 3)
  for (let i = 0, at = 0; i < grey.length; i++, at += 3)
    grey[i] = Math.round(red * rgb[at]! + green * rgb[at + 1]! + blue * rgb[at + 2]!)
  return grey
}

/**
 * Grey values shrunk to {@link THUMB}: each is the mean of the pixels that its cell touches.
 * @param grey 0..255, row after row @param size of the picture, at least 1 x 1 @returns 0..255, row after row
 */
export function thumbOf(grey: Uint8Array, size: Size): Uint8Array {
  const columns = cellsOf(THUMB.width, size.width)
  const rows = cellsOf(THUMB.height, size.height)
  const thumb = new Uint8Array(THUMB.width * THUMB.height)
  rows.forEach((down, row) => {
    columns.forEach((across, column) => {
      let sum = 0
      for (let y = down.from; y < down.to; y++)
        for (let x = across.from; x < across.to; x++) sum += grey[y * size.width + x]!
      const count = (down.to - down.from) * (across.to - across.from)
      thumb[row * THUMB.width + column] = Math.round(sum / count)
    })
  })
  return thumb
}

/** The pixels that each of some equal cells touches, at least one each. */
const cellsOf = (cells: number, pixels: number) =>
  Array.from({ length: cells }, (_, i) => ({
    from: Math.floor((i * pixels) / cells),
    to: Math.ceil(((i + 1) * pixels) / cells),
  }))

/** Mean and deviation of some values. @param values at least one */
export function spreadOf(values: Uint8Array): Spread {
  let sum = 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    sum += value
    squares += value * value
  }
  return spreadFrom(sum, squares, values.length)
}

interface Spread {
  readonly mean: number
  readonly deviation: number
}

/** Rounding may bring the variance a little below 0. */
function spreadFrom(sum: number, squares: number, count: number): Spread {
  const mean = sum / count
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) }
}

/**
 * Sharpness: how far each pixel differs from its four neighbours, as the deviation of the Laplacian.
 * @param grey 0..255, row after row @param size of the picture @returns 0 and up; 0 for less than 3 pixels either way
 */
export function sharpnessOf(grey: Uint8Array, { width, height }: Size): number {
  if (width < 3 || height < 3) return 0
  let sum = 0
  let squares = 0
  for (let y = 1; y < height - 1; y++)
    for (let at = y * width + 1, end = at + width - 2; at < end; at++) {
      const laplacian =
        4 * grey[at]! - grey[at - 1]! - grey[at + 1]! - grey[at - width]! - grey[at + width]!
      sum += laplacian
      squares += laplacian * laplacian
    }
  return spreadFrom(sum, squares, (width - 2) * (height - 2)).deviation
}
