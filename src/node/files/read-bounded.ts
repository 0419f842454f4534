/** @file Reading files of the user's: not more than is sane, and only what is a file at all. */
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { describeError, SingleshotError } from '../../error/singleshot-error.ts'

/** Why a file was not read. */
export interface ReadFailure {
  /** Whether there is nothing at the path. */
  readonly missing: boolean
  /** E.g. `a folder`, `9000000 bytes`, or what the system says. */
  readonly got: string
  readonly cause?: unknown
}

/** How far a file is trusted. */
export interface Bounds {
  /** Bytes; of a larger file nothing is read. */
  readonly most: number
  /** Makes the error to throw. */
  readonly refuse: (failure: ReadFailure) => SingleshotError
}

/** Reads a file whole. @throws what `refuse` makes */
export function readBounded(path: string, bounds: Bounds): Promise<Uint8Array> {
  return openBounded(path, bounds, (file, size) => readPart(file, 0, size))
}

/** A pipe or a device may never begin or never end: it must not be waited for, not even to see what it is. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * Reads from a file in any way.
 * @param read is given the open file and its bytes
 * @throws what `refuse` makes
 */
export async function openBounded<T>(
  path: string,
  { most, refuse }: Bounds,
  read: (file: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  let file: FileHandle | undefined
  try {
    file = await open(path, WITHOUT_WAITING)
    const found = await file.stat()
    const odd = found.isDirectory() ? 'a folder' : 'a pipe or a device'
    if (!found.isFile()) throw refuse({ missing: false, got: odd })
    if (found.size > most) throw refuse({ missing: false, got: `${found.size} bytes` })
    return await read(file, found.size)
  } catch (cause) {
    if (cause instanceof SingleshotError) throw cause
    const code = (cause as NodeJS.ErrnoException).code ?? ''
    const missing = code === 'ENOENT' || code === 'ENOTDIR'
    throw refuse({ missing, got: MEANINGS[code] ?? describeError(cause), cause })
  } finally {
    await file?.close()
  }
}

/** So many bytes from a place on; fewer where the file ends before. */
export async function readPart(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(new ArrayBuffer(length))
  let read = 0
  while (read < length) {
    const { bytesRead } = await file.read(buffer, read, length - read, at + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return buffer.subarray(0, read)
}

/** What the system's commonest codes mean. */
const MEANINGS: Readonly<Record<string, string>> = {
  ENOENT: 'nothing there',
  ENOTDIR: 'nothing there',
  EISDIR: 'a folder',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'links that lead in a circle',
  EMFILE: 'too many open files',
  ENXIO: 'a pipe or a device',
  EIO: 'an error of the disk',
}
