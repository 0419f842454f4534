/** @file The answer to a data folder that is none. */
import { describeError, SingleshotError } from '../../error/singleshot-error.ts'

/** What exports of labelling tools come packed in. */
const ARCHIVE = /\.(zip|tar|tgz|tar\.gz|gz|rar|7z)$/i

/**
 * The error for a folder that cannot be listed.
 * @param where the function it was handed to @param cause what the system said
 * @returns E_FOLDER_MISSING; of an archive and of another file it says what to do instead
 */
export function folderMissing(where: string, folder: string, cause: unknown): SingleshotError {
  const { code } = cause as NodeJS.ErrnoException
  const parts = { where, rule: 'expected a folder that can be read', file: folder, cause }
  if (code === 'ENOENT')
    return new SingleshotError('E_FOLDER_MISSING', { ...parts, got: 'nothing there' })
  if (code !== 'ENOTDIR')
    return new SingleshotError('E_FOLDER_MISSING', { ...parts, got: describeError(cause) })
  const [got, remedy] = ARCHIVE.test(folder)
    ? ['an archive', 'Unpack it, and name the folder that comes out.']
    : ['a file', 'Name the folder that holds the pictures and their labels.']
  return new SingleshotError('E_FOLDER_MISSING', { ...parts, got, remedy })
}
