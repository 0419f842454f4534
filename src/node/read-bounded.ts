/** @file Reading files of the user's: not more than is sane, and only what is a file at all. */
import { readFile, stat } from 'node:fs/promises'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'

/** Why a file was not read. */
export interface ReadFailure {
  /** Whether there is nothing at the path. */
  readonly missing: boolean
  /** E.g. `a folder`, `9000000 bytes`, or what the system says. */
  readonly got: string
  readonly cause?: unknown
}

/**
 * Reads a file whole.
 * @param most bytes; a larger file is refused before it is opened
 * @param refuse makes the error to throw
 */
export function readBounded(
  path: string,
  most: number,
  refuse: (failure: ReadFailure) => SingleshotError,
): Promise<Uint8Array> {
  return checkFile(path, most, refuse, () => readFile(path))
}

/**
 * Reads from a file in any way, after the same checks.
 * @param read is given the bytes of the file
 */
export async function checkFile<T>(
  path: string,
  most: number,
  refuse: (failure: ReadFailure) => SingleshotError,
  read: (size: number) => Promise<T>,
): Promise<T> {
  try {
    const found = await stat(path)
    // A pipe or a device may never begin or never end.
    const odd = found.isDirectory() ? 'a folder' : 'a pipe or a device'
    if (!found.isFile()) throw refuse({ missing: false, got: odd })
    if (found.size > most) throw refuse({ missing: false, got: `${found.size} bytes` })
    return await read(found.size)
  } catch (cause) {
    if (cause instanceof SingleshotError) throw cause
    const code = (cause as NodeJS.ErrnoException).code ?? ''
    const missing = code === 'ENOENT' || code === 'ENOTDIR'
    throw refuse({ missing, got: MEANINGS[code] ?? describeError(cause), cause })
  }
}

/** What the system's commonest codes mean. */
const MEANINGS: Readonly<Record<string, string>> = {
  ENOENT: 'nothing there',
  ENOTDIR: 'nothing there',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'links that lead in a circle',
  EMFILE: 'too many open files',
  EIO: 'an error of the disk',
}
