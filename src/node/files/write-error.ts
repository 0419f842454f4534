/** @file What to say when something cannot be written: the remedy follows the cause that the system names. */
import { describeError, SingleshotError } from '../../error/singleshot-error.ts'

/** Remedies by the system's own code of the cause (errno). */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space, then try again.',
  EDQUOT: 'Your share of the disk is used up: free some space, then try again.',
  EFBIG: 'The file is larger than this disk or a limit (ulimit -f) allows.',
  EROFS: 'The disk is read-only: choose a place that can be written.',
  EACCES: 'You lack the permission to write there: change it, or choose another place.',
  EPERM: 'You lack the permission to write there: change it, or choose another place.',
  ENOTDIR: 'A part of the path is a file, not a folder: choose another place.',
  EEXIST: 'There is a file where a folder is needed: choose another place.',
  EISDIR: 'There is a folder where a file is needed: choose another name.',
  ENOTEMPTY: 'There is a folder where a file is needed: choose another name.',
  ENAMETOOLONG: 'The name is longer than the disk allows: choose a shorter one.',
}

/**
 * The error for something that could not be written.
 * @param where the function that wrote, for messages
 * @param file the file or folder
 * @param cause what the system threw
 */
export function writeError(where: string, file: string, cause: unknown): SingleshotError {
  const remedy = REMEDIES[codeOf(cause) ?? '']
  return new SingleshotError('E_WRITE', {
    where,
    rule: `expected a place that can be written, got ${describeError(cause)}`,
    file,
    cause,
    ...(remedy !== undefined && { remedy }),
  })
}

/** The system's code of an error, e.g. `ENOENT`; undefined for any other thrown thing. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as NodeJS.ErrnoException | null | undefined)?.code
  return typeof code === 'string' ? code : undefined
}
