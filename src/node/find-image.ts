/**
 * @file Finding the picture of an annotation. The annotation's own file name decides, because people
 * rename files and forget the <filename> inside; upper and lower case of the extension do not matter
 * (cameras write .JPG).
 */
import { readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'

/** What counts as a picture, by extension. */
const EXTENSIONS = new Set('.jpg .jpeg .png .webp .tif .tiff .gif .avif'.split(' '))

/** Gives the path of an annotation's picture, or undefined if there is none. */
export type FindImage = (
  folder: string,
  xmlPath: string,
  filename: string | undefined,
) => Promise<string | undefined>

/** The pictures of one folder. */
interface Listing {
  readonly names: ReadonlySet<string>
  /** Names by what stands before the extension. */
  readonly byStem: ReadonlyMap<string, string>
}

/** Makes a finder that lists each folder once. */
export function createImageFinder(): FindImage {
  const listings = new Map<string, Promise<Listing>>()
  return async (folder, xmlPath, filename) => {
    if (!listings.has(folder)) listings.set(folder, listImages(folder))
    const { names, byStem } = await listings.get(folder)!
    const stem = stemOf(basename(xmlPath))
    // a.jpg and a.png may lie side by side: then <filename> says which one a.xml means.
    const exact = filename !== undefined && names.has(filename) ? filename : undefined
    const name = exact !== undefined && stemOf(exact) === stem ? exact : (byStem.get(stem) ?? exact)
    return name === undefined ? undefined : join(folder, name)
  }
}

async function listImages(folder: string): Promise<Listing> {
  const isImage = (name: string) => EXTENSIONS.has(extname(name).toLowerCase())
  const names = (await readdir(folder).catch(() => [])).filter(isImage).sort()
  return { names: new Set(names), byStem: new Map(names.map((name) => [stemOf(name), name])) }
}

const stemOf = (name: string) => basename(name, extname(name))
