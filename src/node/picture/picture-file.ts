/** @file The bytes of picture files: whole, or only their beginning and end. */
import { SingleshotError } from '../../error/singleshot-error.ts'
import { findKind, type PictureKind } from '../../image/file-kind.ts'
import {
  type Bounds,
  openBounded,
  type ReadFailure,
  readBounded,
  readPart,
} from '../files/read-bounded.ts'

/** A larger file is no picture of any camera; the decoder would need several times as much memory. */
const MOST_BYTES = 1e9

/** The beginning and the end of a file. */
export interface PictureEnds {
  readonly head: Uint8Array
  readonly tail: Uint8Array
}

/**
 * Reads a picture file whole.
 * @throws SingleshotError E_IMAGE_MISSING; E_IMAGE_UNREADABLE if it cannot be read or is larger than 1 GB
 */
export async function readPictureBytes(path: string): Promise<Uint8Array> {
  return readBounded(path, boundsOf(path))
}

/**
 * Reads only so many bytes from the beginning and from the end of a picture file.
 * @throws SingleshotError as {@link readPictureBytes}
 */
export async function readPictureEnds(
  path: string,
  bytes: { readonly head: number; readonly tail: number },
): Promise<PictureEnds> {
  return openBounded(path, boundsOf(path), async (file, size) => {
    const tail = Math.min(bytes.tail, size)
    return {
      head: await readPart(file, 0, Math.min(bytes.head, size)),
      tail: await readPart(file, size - tail, tail),
    }
  })
}

/**
 * The kind of a picture file.
 * @param bytes its beginning @param file for messages
 * @throws SingleshotError E_IMAGE_UNREADABLE if it is empty or of a kind that is not read, saying what it seems to be
 */
export function requireKind(bytes: Uint8Array, file: string): PictureKind {
  const found = findKind(bytes)
  if (found.kind !== null) return found.kind
  const { seems = 'something else', remedy } = found
  const got = bytes.length === 0 ? 'an empty file' : seems
  throw unreadable(file, {
    rule: 'expected a JPEG, PNG, WebP, TIFF, GIF or AVIF picture',
    got,
    remedy,
  })
}

/** An error about a picture that cannot be read. */
export function unreadable(
  file: string,
  parts: { rule: string; got: string; remedy?: string; cause?: unknown },
): SingleshotError {
  return new SingleshotError('E_IMAGE_UNREADABLE', { where: 'readImage', ...parts, file })
}

const boundsOf = (path: string): Bounds => ({
  most: MOST_BYTES,
  refuse: (failure) => refuseFile(path, failure),
})

function refuseFile(file: string, { missing, got, cause }: ReadFailure): SingleshotError {
  if (!missing)
    return unreadable(file, { rule: 'expected a picture file of at most 1 GB', got, cause })
  const rule = 'expected a picture that exists'
  const remedy = 'Check the path.'
  return new SingleshotError('E_IMAGE_MISSING', { where: 'readImage', rule, file, remedy, cause })
}
