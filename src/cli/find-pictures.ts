/** @file The pictures that were named on the command line, and a name for what is made of each. */
import { readdir, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { SingleshotError } from '../error/singleshot-error.ts'

/** File names that a folder is searched for. */
const PICTURE = /\.(jpe?g|png|webp|tiff?|gif|avif)$/i

/** The paths, folders replaced by the pictures in them. @throws SingleshotError E_IMAGE_MISSING for a folder without */
export async function findPictures(paths: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false
    found.push(...(isFolder ? await picturesIn(path) : [path]))
  }
  return found
}

async function picturesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => PICTURE.test(name)).sort()
  if (names.length > 0) return names.map((name) => join(folder, name))
  throw new SingleshotError('E_IMAGE_MISSING', {
    where: 'detect',
    rule: 'expected a folder with pictures (jpg, png, webp, tiff, gif, avif) in it',
    got: 'none',
    file: folder,
  })
}

/** Gives each picture a file name of its own: `a/1.jpg` and `b/1.jpg` become `1.png` and `1-2.png`. */
export function createNamer(extension: string): (path: string) => string {
  const taken = new Set<string>()
  return (path) => {
    const stem = basename(path, extname(path))
    let name = `${stem}${extension}`
    for (let i = 2; taken.has(name); i++) name = `${stem}-${i}${extension}`
    taken.add(name)
    return name
  }
}
