/**
 * @file A file of the cache, and the beginning of one. The cache may lie where others can write too, so a link in the
 * place of a file is never followed: it would let them choose which file is written.
 */
import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open } from 'node:fs/promises'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { onDisk } from './on-disk.ts'

/**
 * The length of a file in bytes; null where there is nothing.
 * @throws SingleshotError E_OUTPUT_EXISTS for a link, a folder or anything else that is not a file
 */
export async function keptLength(path: string): Promise<number | null> {
  const found = await lstat(path).catch(() => null)
  if (found === null) return null
  if (found.isFile()) return found.size
  throw new SingleshotError('E_OUTPUT_EXISTS', {
    where: 'pull',
    rule: 'expected a file, or nothing, where the cache keeps one',
    got: kindOf(found),
    file: path,
    remedy: 'Remove it, or name another folder with --cache.',
  })
}

/** Windows has no such flag, and lets only administrators make links. */
const NO_LINKS = constants.O_NOFOLLOW ?? 0

/**
 * Opens the beginning of a file for writing.
 * @param from 0: it begins anew; else what comes is added at its end
 * @throws SingleshotError E_WRITE, also for a link
 */
export function openPart(path: string, from: number): Promise<FileHandle> {
  const place = from === 0 ? constants.O_TRUNC : constants.O_APPEND
  const flags = constants.O_WRONLY | constants.O_CREAT | place | NO_LINKS
  return onDisk('pull', path, () => open(path, flags, 0o666))
}

function kindOf(found: Stats): string {
  if (found.isSymbolicLink()) return 'a link'
  return found.isDirectory() ? 'a folder' : 'something else'
}
