/** @file The explorer, served on this machine or written as a folder. */
import { join } from 'node:path'
import { refuseFilled, writeNewFile } from '../files/new-file.ts'
import { takeBack } from '../files/take-back.ts'
import { collectExplorer, type ExplainOptions, type ExplorerFiles } from './explain-files.ts'
import { type RunningServer, serveFiles } from './file-server.ts'

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
  await refuseFilled('explain', folder)
  const files: ExplorerFiles = await collectExplorer(options)
  const written: string[] = []
  try {
    for (const [path, read] of files) {
      await writeNewFile(join(folder, path), await read(), { where: 'explain' })
      written.push(join(folder, path))
    }
  } catch (error) {
    await takeBack(written, folder)
    throw error
  }
  return files.size
}
