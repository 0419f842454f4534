/**
 * @file Names of temporary files. A name tells which process writes it, so that what a killed process left behind can
 * be told from what another one is writing now. It is short, whatever the name of the file to be.
 */
import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isRunning } from '../run/processes.ts'

/** `.4711-9f86d081.tmp`, and `last.safetensors.UUID.tmp` of former versions, whose process is not known. */
const TEMPORARY = /^\.(\d+)-[0-9a-f]{8}\.tmp$|\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/

/** A name of its own for each write, beside the file that it will become: two at once must not mix their bytes. */
export function temporaryFor(path: string): string {
  return join(dirname(path), `.${process.pid}-${randomBytes(4).toString('hex')}.tmp`)
}

/** Whether a file name is that of a temporary file. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name)
}

/** Removes what killed writers left in a folder; files of running processes stay. A missing folder holds none. */
export async function removeStrayFiles(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const writer = TEMPORARY.exec(name)
    const writing = writer?.[1] !== undefined && (await isRunning(Number(writer[1])))
    if (writer !== null && !writing) await rm(join(folder, name), { force: true })
  }
}
