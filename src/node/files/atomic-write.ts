/**
 * @file Writing a file so that it is never half written. The bytes go to a temporary file in the same
 * folder, are flushed to the disk, and only then take the name (a rename is all or nothing); then the folder
 * is flushed, so that the name is on the disk too. If the disk is full or the power fails, the former file is
 * still there, whole.
 */
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { flush } from './flush.ts'
import { makeFolder } from './make-folder.ts'
import { temporaryFor } from './temporary-files.ts'
import { codeOf, writeError } from './write-error.ts'

/** What systems answer that cannot flush a folder, Windows among them. */
const CANNOT_FLUSH = ['EPERM', 'EISDIR', 'EINVAL', 'EACCES', 'EBADF', 'ENOTSUP', 'ENOSYS']

/**
 * Writes a file, all or nothing. The folder is made if it is not there.
 * @param path of the file; an existing one is replaced
 * @param content text is written as UTF-8
 * @throws E_WRITE if it cannot be written; the former file is then unchanged
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = temporaryFor(path)
  try {
    await makeFolder(dirname(path))
    await writeAndFlush(temporary, content)
    await rename(temporary, path)
    await flushFolder(dirname(path))
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw writeError('writeFile', path, cause)
  }
}

/** Writes a new file and flushes it to the disk. @throws the system's error; EEXIST if there is one of that name */
export async function writeAndFlush(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(content)
    await flush(file)
  } finally {
    await file.close()
  }
}

async function flushFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r')
    await flush(folder).finally(() => folder.close())
  } catch (error) {
    if (!CANNOT_FLUSH.includes(codeOf(error) ?? '')) throw error
  }
}
