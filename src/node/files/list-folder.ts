/** @file What is in a folder of the user's data; links are followed, as everything that reads the files follows them. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** The content of a folder, sorted, so that nothing depends on the order in which the disk lists it. */
export interface Listing {
  readonly folders: readonly string[]
  /** All that is no folder, also links that lead nowhere. */
  readonly files: readonly string[]
}

/** Lists a folder. @throws whatever the system says */
export async function listFolder(folder: string): Promise<Listing> {
  const entries = await readdir(folder, { withFileTypes: true })
  const folders: string[] = []
  const files: string[] = []
  for (const entry of entries) {
    const isFolder = entry.isSymbolicLink()
      ? ((await stat(join(folder, entry.name)).catch(() => null))?.isDirectory() ?? false)
      : entry.isDirectory()
    ;(isFolder ? folders : files).push(entry.name)
  }
  return { folders: folders.sort(), files: files.sort() }
}
