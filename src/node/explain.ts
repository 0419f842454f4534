/** @file The explorer, served on this machine or written as a folder. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SingleshotError } from '../error/singleshot-error.ts'
import { writeFileAtomic } from './atomic-write.ts'
import { collectExplorer, type ExplainOptions, type ExplorerFiles } from './explain-files.ts'
import { type RunningServer, serveFiles } from './file-server.ts'
import { refuseExisting } from './new-file.ts'

/**
 * Serves the explorer on this machine.
 * @param port 0: any that is free
 * @throws SingleshotError E_USAGE when the port is taken; as collecting the files
 */
export async function serveExplorer(options: ExplainOptions, port: number): Promise<RunningServer> {
  return serveFiles(await collectExplorer(options), port)
}

/**
 * Writes the explorer as a folder that any file server can serve.
 * @param folder new or empty
 * @returns how many files were written
 * @throws SingleshotError E_OUTPUT_EXISTS, E_WRITE; as collecting the files
 */
export async function writeExplorer(options: ExplainOptions, folder: string): Promise<number> {
  await refuseFilled(folder)
  const files: ExplorerFiles = await collectExplorer(options)
  for (const [path, read] of files) await writeFileAtomic(join(folder, path), await read())
  return files.size
}

async function refuseFilled(folder: string): Promise<void> {
  const held = await readdir(folder).catch(() => null)
  if (held === null) return refuseExisting('explain', folder)
  if (held.length === 0) return
  throw new SingleshotError('E_OUTPUT_EXISTS', {
    where: 'explain',
    rule: 'expected an output folder that is new or empty; nothing was overwritten',
    got: held.slice(0, 3),
    file: folder,
  })
}
