/** @file A folder of a user's, with the built package installed in it as npm would link it. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../guard/tree.ts'

const run = promisify(execFile)

/** A folder that programs of a test run in. */
export interface Installed {
  readonly folder: string
  /** Runs Node.js there, with these arguments. @throws the process's failure, with its stdout and stderr */
  node(...args: string[]): Promise<{ readonly stdout: string; readonly stderr: string }>
  remove(): Promise<void>
}

/** Makes such a folder. @param name a word of its name */
export async function installPackage(name: string): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), `singleshot-${name}-`))
  await mkdir(join(folder, 'node_modules'))
  await symlink(ROOT, join(folder, 'node_modules', 'singleshot'), 'junction')
  return {
    folder,
    node: (...args) => run(process.execPath, args, { cwd: folder }),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
