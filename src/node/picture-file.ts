/** @file The bytes of picture files: whole, or only their beginning and end. */
import { open } from 'node:fs/promises'
import { SingleshotError } from '../error/singleshot-error.ts'
import { findKind, type PictureKind } from '../image/file-kind.ts'
import { checkFile, type ReadFailure, readBounded } from './read-bounded.ts'

/** A larger file is no picture of any camera; the decoder would need several times as much memory. */
const MOST_BYTES = 1e9

/** The beginning and the end of a file. */
export interface PictureEnds {
  readonly head: Uint8Array
  readonly tail: Uint8Array
  /** Bytes of the whole file. */
  readonly size: number
}

/**
 * Reads a picture file whole.
 * @throws SingleshotError E_IMAGE_MISSING; E_IMAGE_UNREADABLE if it cannot be read or is larger than 1 GB
 */
export async function readPictureBytes(path: string): Promise<Uint8Array> {
  return readBounded(path, MOST_BYTES, (failure) => refuseFile(path, failure))
}

/**
 * Reads only so many bytes from the beginning and from the end of a picture file.
 * @throws SingleshotError as {@link readPictureBytes}
 */
export async function readPictureEnds(
  path: string,
  bytes: { readonly head: number; readonly tail: number },
): Promise<PictureEnds> {
  return checkFile(
    path,
    MOST_BYTES,
    (failure) => refuseFile(path, failure),
    async (size) => {
      const file = await open(path)
      try {
        const read = async (length: number, at: number) => {
          const buffer = new Uint8Array(length)
          const { bytesRead } = await file.read(buffer, 0, length, at)
          return buffer.subarray(0, bytesRead)
        }
        const tail = Math.min(bytes.tail, size)
        return {
          head: await read(Math.min(bytes.head, size), 0),
          tail: tail === 0 ? new Uint8Array(0) : await read(tail, size - tail),
          size,
        }
      } finally {
        await file.close()
      }
    },
  )
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

function refuseFile(file: string, { missing, got, cause }: ReadFailure): SingleshotError {
  if (!missing)
    return unreadable(file, { rule: 'expected a picture file of at most 1 GB', got, cause })
  const rule = 'expected a picture that exists'
  const remedy = 'Check the path.'
  return new SingleshotError('E_IMAGE_MISSING', { where: 'readImage', rule, file, remedy, cause })
}
