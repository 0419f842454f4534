/** @file Pictures to files, and drawings (SVG) onto pictures. */
import type { Sharp } from 'sharp'
import { FONT } from '../../draw/svg-text.ts'
import type { Image } from '../../image/image.ts'
import { writeNewFile } from '../files/new-file.ts'
import { asBytes } from './read-image.ts'
import { sharp } from './sharp.ts'

/** High enough that blocks and ringing do not show at normal size; 4 to 8 times smaller than PNG on photographs. */
const JPEG_QUALITY = 90

/** The bytes of a PNG file: lossless. */
export function encodePng(image: Image): Promise<Uint8Array> {
  return pixels(image).png().toBuffer()
}

/**
 * The bytes of a JPEG file.
 * @param quality 1..100
 */
export function encodeJpeg(image: Image, quality = JPEG_QUALITY): Promise<Uint8Array> {
  return pixels(image).jpeg({ quality }).toBuffer()
}

/** Writes a picture as PNG: lossless. @throws SingleshotError E_OUTPUT_EXISTS, E_WRITE */
export async function writePng(image: Image, path: string): Promise<void> {
  await writeNewFile(path, await encodePng(image))
}

/**
 * Writes a picture as JPEG.
 * @param quality 1..100
 * @throws SingleshotError E_OUTPUT_EXISTS, E_WRITE
 */
export async function writeJpeg(image: Image, path: string, quality = JPEG_QUALITY): Promise<void> {
  await writeNewFile(path, await encodeJpeg(image, quality))
}

/**
 * Draws an SVG over a picture.
 * @param svg a document with the width and height of the picture in pixels
 * @returns a new picture of the same size
 */
export async function drawOver(image: Image, svg: string): Promise<Image> {
  const { data, info } = await pixels(image)
    .composite([{ input: Buffer.from(svg) }])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: asBytes(data) }
}

/**
 * Whether letters can be drawn. Where no font is installed, each letter becomes the same empty square, so the narrowest
 * looks like the widest.
 */
export async function canDrawText(): Promise<boolean> {
  const [narrow, wide] = await Promise.all(['i', 'W'].map(drawLetter))
  return !narrow!.equals(wide!)
}

function drawLetter(letter: string): Promise<Buffer> {
  const text = `<text x="4" y="24" font-family="${FONT}" font-size="20">${letter}</text>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">${text}</svg>`
  return sharp(Buffer.from(svg)).raw().toBuffer()
}

function pixels({ data, width, height }: Image): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } })
}
