/**
 * @file Reading pictures from disk: the only way in, so that training, evaluation and detection all see
 * the same pixels. What comes out is always upright 8-bit RGB:
 *
 * - the camera's orientation tag is applied, so boxes are meant in the picture as people see it;
 * - grey and CMYK become RGB, 16 bits become 8, transparent parts show white;
 * - of an animation or a multi-page file, the first page is read.
 *
 * A picture that is cut short or broken is refused, not filled up with grey: half a photograph would be
 * trained on in silence.
 */
import { readFile } from 'node:fs/promises'
import type { Size } from '../box/box.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Image } from '../image/image.ts'
import { sharp } from './sharp.ts'

/** Larger pictures are refused before they are decoded: 50 million pixels take 150 MB. */
const PIXEL_LIMIT = 50e6

const DECODING = { autoOrient: true, failOn: 'error', limitInputPixels: PIXEL_LIMIT } as const

/**
 * Reads a picture.
 * @param path of a JPEG, PNG, WebP, TIFF, GIF, AVIF or SVG file
 * @throws E_IMAGE_MISSING if there is no such file; E_IMAGE_UNREADABLE if it cannot be read, is empty,
 * cut short, too large or not a picture
 */
export async function readImage(path: string): Promise<Image> {
  return decodeImage(await readImageBytes(path), path)
}

/**
 * Decodes a picture that is in memory.
 * @param bytes the content of a picture file
 * @param name for messages
 * @throws E_IMAGE_UNREADABLE if it is empty, cut short, too large or not a picture
 */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<Image> {
  if (bytes.length === 0) throw unreadable(name, 'expected a picture, got an empty file')
  try {
    const { data, info } = await sharp(bytes, DECODING)
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { width: info.width, height: info.height, data: asBytes(data) }
  } catch (cause) {
    throw unreadable(name, `expected a whole picture file, got ${reason(cause)}`, cause)
  }
}

/**
 * The size of a picture once upright, without decoding its pixels.
 * @throws as {@link readImage}, except that a picture cut short is not noticed
 */
export async function readImageSize(path: string): Promise<Size> {
  const bytes = await readImageBytes(path)
  try {
    const { autoOrient } = await sharp(bytes, DECODING).metadata()
    return { width: autoOrient.width, height: autoOrient.height }
  } catch (cause) {
    throw unreadable(path, `expected a picture, got ${reason(cause)}`, cause)
  }
}

async function readImageBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      throw unreadable(path, `expected a readable file, got ${reason(cause)}`, cause)
    const parts = { where: 'readImage', rule: 'expected a picture that exists', file: path, cause }
    throw new SingleshotError('E_IMAGE_MISSING', parts)
  }
}

function unreadable(file: string, rule: string, cause?: unknown): SingleshotError {
  if (cause instanceof SingleshotError) return cause // sharp itself is missing: the file is not to blame.
  return new SingleshotError('E_IMAGE_UNREADABLE', { where: 'readImage', rule, file, cause })
}

/** The same memory without Node's own Buffer around it, which the pure code does not know. */
export function asBytes({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length)
}

/** The first line of what the decoder said: the rest repeats it. */
function reason(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!
}
