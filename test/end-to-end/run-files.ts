/** @file What two run folders hold, to be compared byte for byte; and a network that trains in no time. */
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A checksum of every file below a run folder, by its path; timing.json alone may differ from run to run. */
export async function runFiles(run: string): Promise<Record<string, string>> {
  const entries = await readdir(run, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'timing.json')
  const found = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name)
    const checksum = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    return [path.slice(run.length + 1).replaceAll('\\', '/'), checksum] as const
  })
  return Object.fromEntries((await Promise.all(found)).toSorted())
}

/** Writes a config file for a network of a few hundred weights: it is compiled and trained in milliseconds. */
export async function writeSmallNetwork(file: string): Promise<string> {
  const network = { name: 'tiny', channels: [4, 4, 6], layers: [1, 1, 1] }
  const featureMaps = [{ stride: 8, sizes: [16], aspectRatios: [1, 2] }]
  await writeFile(file, JSON.stringify({ model: { network, featureMaps } }))
  return file
}
