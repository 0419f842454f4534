/**
 * @file Finding the picture of an annotation. The annotation's own file name decides, because people
 * rename files and forget the <filename> inside; upper and lower case of the extension do not matter
 * (cameras write .JPG).
 */
import { basename, extname, join } from 'node:path'
import { listFolder } from '../files/list-folder.ts'

/** What counts as a picture, by extension. */
const READ = new Set('.jpg .jpeg .png .webp .tif .tiff .gif .avif'.split(' '))

/** Pictures that are found but cannot be read: better refused with the reason than called missing. */
const NOT_READ = new Set('.bmp .heic .heif .svg .jxl .jp2 .psd .exr .ppm .pgm .pdf'.split(' '))

/** Finds pictures, and knows which nobody asked for. */
export interface ImageFinder {
  /** The path of an annotation's picture, or undefined if there is none. */
  find(folder: string, xmlPath: string, filename: string | undefined): Promise<string | undefined>
  /** How many pictures there are in the folders searched that no annotation was found to belong to. */
  unclaimed(): Promise<number>
}

/** The pictures of one folder. */
interface Pictures {
  readonly names: ReadonlySet<string>
  /** Names by what stands before the extension. */
  readonly byStem: ReadonlyMap<string, string>
  readonly claimed: Set<string>
}

/** Makes a finder that lists each folder once. */
export function createImageFinder(): ImageFinder {
  const listings = new Map<string, Promise<Pictures>>()
  return {
    async find(folder, xmlPath, filename) {
      if (!listings.has(folder)) listings.set(folder, listImages(folder))
      const { names, byStem, claimed } = await listings.get(folder)!
      const stem = stemOf(basename(xmlPath))
      // a.jpg and a.png may lie side by side: then <filename> says which one a.xml means.
      const exact = filename !== undefined && names.has(filename) ? filename : undefined
      const own = exact !== undefined && stemOf(exact) === stem ? exact : byStem.get(stem)
      const name = own ?? exact
      if (name === undefined) return undefined
      claimed.add(stemOf(name))
      return join(folder, name)
    },
    async unclaimed() {
      const folders = await Promise.all(listings.values())
      return folders.reduce(
        (sum, { byStem, claimed }) =>
          sum + [...byStem.keys()].filter((stem) => !claimed.has(stem)).length,
        0,
      )
    },
  }
}

async function listImages(folder: string): Promise<Pictures> {
  const { files } = await listFolder(folder).catch(() => ({ files: [] as readonly string[] }))
  const ofKind = (kind: ReadonlySet<string>) =>
    files.filter((name) => !name.startsWith('.') && kind.has(extname(name).toLowerCase()))
  const names = [...ofKind(NOT_READ), ...ofKind(READ)]
  const byStem = new Map(names.map((name) => [stemOf(name), name]))
  return { names: new Set(names), byStem, claimed: new Set() }
}

const stemOf = (name: string) => basename(name, extname(name))
