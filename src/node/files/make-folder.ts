/** @file Making a folder, with the cause of a failure left as the system names it. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf } from './write-error.ts'

/**
 * Makes a folder and those above it, unless they are there. Node's own recursive way reports a read-only disk as
 * "no such file or directory".
 * @throws the system's error; EEXIST if there is a file of that name
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path)
  } catch (error) {
    const parent = dirname(path)
    if (codeOf(error) !== 'ENOENT' || parent === path) throw error
    await makeFolder(parent)
    await makeOne(path)
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    if (!(await stat(path).catch(() => null))?.isDirectory()) throw error
  }
}
