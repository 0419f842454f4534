/**
 * @file Reading pictures from disk: the only way in, so that training, evaluation and detection all see
 * the same pixels. What comes out is always upright 8-bit RGB:
 *
 * - the camera's orientation tag is applied, so boxes are meant in the picture as people see it;
 * - grey and CMYK become RGB, 16 bits become 8, transparent parts show white;
 * - of an animation or a multi-page file, the first page is read.
 *
 * A picture that is cut short or broken is refused, not filled up with grey: half a photograph would be
 * trained on in silence. So is every kind of file that is not on the list of file-kind.ts, whatever its name.
 */
import type { Size } from '../../box/box.ts'
import { orAborted } from '../../call/or-aborted.ts'
import { describeError } from '../../error/singleshot-error.ts'
import { sizeInHeader } from '../../image/header-size.ts'
import type { Image } from '../../image/image.ts'
import { readPictureBytes, readPictureEnds, requireKind, unreadable } from './picture-file.ts'
import { PIXEL_LIMIT, pixelLimitOf, WHOLE_PIXEL_LIMIT } from './pixel-limit.ts'
import { sharp } from './sharp.ts'

/** A picture at the limit takes a few seconds in any of the formats; what takes a minute was made to. */
const SECONDS_LIMIT = 60

const DECODING = { autoOrient: true, failOn: 'error' } as const

/** How to read a picture. */
export interface ReadImageOptions {
  /** Once it is aborted, its reason is thrown at once; the decoder ends by itself. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads a picture.
 * @param path of a JPEG, PNG, WebP, TIFF, GIF or AVIF file
 * @throws E_IMAGE_MISSING if there is no such file; E_IMAGE_UNREADABLE if it cannot be read, is empty, cut short, of
 * another kind, or has too many pixels (pixel-limit.ts)
 */
export async function readImage(path: string, options: ReadImageOptions = {}): Promise<Image> {
  return decodeImage(await readPictureBytes(path), path, options)
}

/**
 * Decodes a picture that is in memory.
 * @param bytes the content of a picture file
 * @param name for messages
 * @throws E_IMAGE_UNREADABLE as {@link readImage}
 */
export async function decodeImage(
  bytes: Uint8Array,
  name: string,
  { signal }: ReadImageOptions = {},
): Promise<Image> {
  requireKind(bytes, name)
  signal?.throwIfAborted()
  return orAborted(decode(bytes, name), signal)
}

async function decode(bytes: Uint8Array, name: string): Promise<Image> {
  try {
    // Nearly every picture is below both limits, and need not be asked for its kind.
    return await decodeUpTo(WHOLE_PIXEL_LIMIT, bytes).catch(async (cause) => {
      const limit = isTooLarge(cause) ? await pixelLimitOf(bytes) : 0
      if (limit <= WHOLE_PIXEL_LIMIT) throw cause
      return decodeUpTo(limit, bytes)
    })
  } catch (cause) {
    throw await refusal(bytes, name, cause)
  }
}

async function decodeUpTo(limitInputPixels: number, bytes: Uint8Array): Promise<Image> {
  const { data, info } = await sharp(bytes, { ...DECODING, limitInputPixels })
    .timeout({ seconds: SECONDS_LIMIT })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: asBytes(data) }
}

/** Whether the decoder refused a picture for its number of pixels. */
const isTooLarge = (cause: unknown) => /pixel limit/.test(describeError(cause))

/** Beginnings that hold the size: of nearly every file, and of one whose camera put a preview before the picture. */
const HEADER_BYTES = [4 * 1024, 256 * 1024]

/**
 * The size of a picture once upright, from the beginning of the file.
 * @throws as {@link readImage}, except that a picture cut short is not noticed
 */
export async function readImageSize(path: string): Promise<Size> {
  let head: Uint8Array = new Uint8Array()
  for (const bytes of HEADER_BYTES) {
    head = (await readPictureEnds(path, { head: bytes, tail: 0 })).head
    const stated = sizeInHeader(head, requireKind(head, path))
    if (stated !== undefined && stated.width * stated.height <= PIXEL_LIMIT) return stated
    if (head.length < bytes) break
  }
  const early = await sizeOf(head).catch(() => null)
  if (early !== null) return early
  const whole = await readPictureBytes(path)
  return sizeOf(whole).catch(async (cause) => {
    throw await refusal(whole, path, cause)
  })
}

async function sizeOf(bytes: Uint8Array, limitInputPixels: number | false = PIXEL_LIMIT) {
  const { autoOrient } = await sharp(bytes, { ...DECODING, limitInputPixels }).metadata()
  return { width: autoOrient.width, height: autoOrient.height }
}

/** Why the decoder refused. */
async function refusal(bytes: Uint8Array, name: string, cause: unknown) {
  if (!isTooLarge(cause))
    return unreadable(name, {
      rule: 'expected a whole picture file',
      got: tellingLine(describeError(cause)),
      cause,
    })
  const limit = await pixelLimitOf(bytes).catch(() => PIXEL_LIMIT)
  const size = await sizeOf(bytes, false).catch(() => null)
  return unreadable(name, {
    rule: `expected at most ${limit / 1e6} million pixels`,
    got: size === null ? 'more' : `${size.width} x ${size.height}`,
    remedy: 'Make the picture smaller; a network looks at a few hundred pixels a side.',
    cause,
  })
}

/** Of all that the decoder said: not how it searched the file, but the first line about what it found. */
function tellingLine(said: string): string {
  const lines = said.split('\n').map((line) => line.trim())
  return (lines.find((line) => !line.startsWith('source:')) ?? lines[0]!).replace(/:$/, '')
}

/** The same memory without Node's own Buffer around it, which the pure code does not know. */
export function asBytes({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length)
}
