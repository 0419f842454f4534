/**
 * @file An output is new: making something never overwrites what is there. All that is written goes through this file,
 * but for run folders, which are rewritten as the run goes on, and for the cache of published files.
 */
import { constants } from 'node:fs'
import { copyFile, link, lstat, readdir, rm, symlink } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { isReason } from '../../call/or-aborted.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { writeAndFlush } from './atomic-write.ts'
import { makeFolder } from './make-folder.ts'
import { temporaryFor } from './temporary-files.ts'
import { codeOf, writeError } from './write-error.ts'

const REMEDY = 'Choose another name, or move away what is there.'

/**
 * Refuses a path at which there is something already, so that nothing is computed in vain.
 * @param where the function that wants to write, for messages
 * @throws SingleshotError E_OUTPUT_EXISTS, saying what is there
 */
export async function refuseExisting(where: string, out: string): Promise<void> {
  const got = await whatIsAt(out)
  if (got !== null) throw existing(where, out, got)
}

/**
 * Refuses a folder that holds something, or whatever else is at its path.
 * @param where the function that wants to write, for messages
 * @throws SingleshotError E_OUTPUT_EXISTS, saying what is there
 */
export async function refuseFilled(where: string, folder: string): Promise<void> {
  const held = await readdir(folder).catch(() => null)
  return held === null ? refuseExisting(where, folder) : refuseHeld(where, folder, held)
}

/**
 * Refuses a folder because of what it holds.
 * @param remedy what to do instead
 * @throws SingleshotError E_OUTPUT_EXISTS unless it holds nothing
 */
export function refuseHeld(
  where: string,
  folder: string,
  held: readonly string[],
  remedy = REMEDY,
): void {
  if (held.length === 0) return
  throw new SingleshotError('E_OUTPUT_EXISTS', {
    where,
    rule: 'expected an output folder that is new or empty; nothing was overwritten',
    got: held.slice(0, 3),
    file: folder,
    remedy,
  })
}

/** On whose behalf a file is written. */
export interface WriteNewFileOptions {
  /** The function that writes, for messages. */
  readonly where?: string
  /** Until the file has its name, ends the writing with its reason; nothing is left. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Writes a file that is not there yet, all or nothing: not even one that another program makes meanwhile is
 * overwritten. The folder is made if it is not there.
 * @param content text is written as UTF-8
 * @throws SingleshotError E_OUTPUT_EXISTS, saying what is there; E_WRITE if it cannot be written; the signal's reason
 */
export async function writeNewFile(
  path: string,
  content: string | Uint8Array,
  { where = 'writeFile', signal }: WriteNewFileOptions = {},
): Promise<void> {
  const temporary = temporaryFor(path)
  try {
    signal?.throwIfAborted()
    await makeFolder(dirname(path))
    await writeAndFlush(temporary, content)
    signal?.throwIfAborted()
    await takeName(temporary, path)
  } catch (cause) {
    if (isReason(cause, signal)) throw cause
    const got = codeOf(cause) === 'EEXIST' ? await whatIsAt(path) : null
    throw got === null ? writeError(where, path, cause) : existing(where, path, got)
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}

/** How a file comes to another place. */
export type FileTransfer = 'copy' | 'link'

/**
 * Gives a file a second place: a copy, or a link to where it is. The folder is made if it is not there.
 * @throws SingleshotError E_OUTPUT_EXISTS, saying what is there; E_WRITE
 */
export async function transferToNewFile(
  from: string,
  path: string,
  { how, where }: { readonly how: FileTransfer; readonly where: string },
): Promise<void> {
  try {
    await makeFolder(dirname(path))
    if (how === 'link') await symlink(resolve(from), path)
    else await copyFile(from, path, constants.COPYFILE_EXCL)
  } catch (cause) {
    const got = codeOf(cause) === 'EEXIST' ? await whatIsAt(path) : null
    throw got === null ? writeError(where, path, cause) : existing(where, path, got)
  }
}

/** A rename would overwrite; a second name for a file is refused by the system where there is something. */
async function takeName(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error
    // Memory cards and some network disks know no second names.
    await copyFile(temporary, path, constants.COPYFILE_EXCL)
  }
}

/** What is at a path, in words; null for nothing. A link counts, wherever it leads. */
async function whatIsAt(path: string): Promise<string | null> {
  const found = await lstat(path).catch(() => null)
  if (found === null) return null
  if (found.isDirectory()) return 'a folder'
  return found.isSymbolicLink() ? 'a link' : `a file of ${found.size} bytes`
}

function existing(where: string, file: string, got: string): SingleshotError {
  const rule = 'expected an output file that is new; nothing was overwritten'
  return new SingleshotError('E_OUTPUT_EXISTS', { where, rule, got, file, remedy: REMEDY })
}
