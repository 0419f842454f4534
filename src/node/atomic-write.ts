/**
 * @file Writing a file so that it is never half written. The bytes go to a temporary file in the same
 * folder, are flushed to the disk, and only then take the name (a rename is all or nothing). If the disk
 * is full or the power fails, the former file is still there, whole.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'
import { flush } from './flush.ts'

/**
 * Writes a file, all or nothing. The folder is made if it is not there.
 * @param path of the file; an existing one is replaced
 * @param content text is written as UTF-8
 * @throws E_WRITE if it cannot be written; the former file is then unchanged
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  // A name of its own for each write: two at once must not mix their bytes.
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeAndFlush(temporary, content)
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw new SingleshotError('E_WRITE', {
      where: 'writeFile',
      rule: `expected a file that can be written, got ${describeError(cause)}`,
      file: path,
      cause,
    })
  }
}

async function writeAndFlush(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(content)
    await flush(file)
  } finally {
    await file.close()
  }
}
