/** @file Where `singleshot detect --save` writes: a new file for each picture, each under a name of its own. */
import { readdir } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { countOf } from '../error/count-of.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { makeFolder } from '../node/files/make-folder.ts'
import { onDisk } from '../node/files/on-disk.ts'

/**
 * The files to write for some pictures, after their folder was made. Before anything is detected: nothing should be
 * computed in vain.
 * @param pictures paths
 * @returns a path for each picture, in the same order
 * @throws SingleshotError E_OUTPUT_EXISTS if one of them is there already; E_WRITE if the folder cannot be made
 */
export async function planSaving(folder: string, pictures: readonly string[]): Promise<string[]> {
  const names = nameDrawings(pictures)
  await onDisk('detect', folder, () => makeFolder(folder))
  const held = new Set(await readdir(folder))
  const taken = names.filter((name) => held.has(name))
  if (taken.length === 0) return names.map((name) => join(folder, name))
  throw new SingleshotError('E_OUTPUT_EXISTS', {
    where: 'detect',
    rule: 'expected a folder without files of the names that will be written; nothing was overwritten',
    got: `${countOf(taken.length, 'such file')}, e.g. ${taken[0]}`,
    file: folder,
    remedy: 'Choose another folder for --save, or move those files away.',
  })
}

/**
 * A file name for each picture: its own, as PNG. Where several pictures have one name, that of their folder goes before
 * it, and where that does not help, a number behind it: `cam1/a.jpg` and `cam2/a.jpg` become `cam1-a.png` and
 * `cam2-a.png`.
 */
export function nameDrawings(pictures: readonly string[]): string[] {
  const stems = pictures.map((path) => basename(path, extname(path)))
  const counts = new Map<string, number>()
  for (const stem of stems) counts.set(keyOf(stem), (counts.get(keyOf(stem)) ?? 0) + 1)
  const isAlone = (stem: string) => counts.get(keyOf(stem)) === 1
  const taken = new Set(stems.filter(isAlone).map(keyOf))
  return stems.map((stem, i) => {
    if (isAlone(stem)) return `${stem}.png`
    const long = [basename(dirname(resolve(pictures[i]!))), stem].filter(Boolean).join('-')
    let name = long
    for (let n = 2; taken.has(keyOf(name)); n++) name = `${long}-${n}`
    taken.add(keyOf(name))
    return `${name}.png`
  })
}

/** Equal for names that are one and the same on some disks: those of macOS and Windows mind neither case nor accents' form. */
const keyOf = (name: string) => name.normalize('NFC').toLowerCase()
