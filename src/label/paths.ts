/** @file Paths below a folder, with `/` between their parts, whatever the system. */

/** The last part. */
export const baseOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** What stands before the last part; empty at the top. */
export const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** The extension in lower case, with its dot; empty without one. */
export function extensionOf(path: string): string {
  const base = baseOf(path)
  const dot = base.lastIndexOf('.')
  return dot <= 0 ? '' : base.slice(dot).toLowerCase()
}

/** The path without its extension. */
export function withoutExtension(path: string): string {
  const length = extensionOf(path).length
  return length === 0 ? path : path.slice(0, -length)
}

/** A path as it may have been written on another system: `.\a\b.jpg`, `file:///a/b.jpg`, `C:\a\b.jpg`. */
export function plainPath(path: string): string {
  return (
    path
      .replace(/^file:\/\//, '')
      .replaceAll('\\', '/')
      .replace(/^[A-Za-z]:\//, '')
      .split('/')
      // What leads upwards leads out of the folder.
      .filter((part) => part !== '' && part !== '.' && part !== '..')
      .join('/')
  )
}

/** The same for paths that differ only by case, or by the form of their accents. */
export const sameKey = (path: string) => path.normalize('NFC').toLowerCase()

const PICTURES = new Set(
  '.jpg .jpeg .png .webp .tif .tiff .gif .avif .bmp .heic .heif .jxl .jp2 .ppm .pgm'.split(' '),
)

/** Whether a path is that of a picture, readable or not. */
export const isPicture = (path: string) => PICTURES.has(extensionOf(path))

/** Files that are looked into, to find those that label a whole folder. */
const MOST_LOOKED_AT = 200

/** The files of a kind that may label a whole folder: those nearest to its top, since among thousands none does. */
export function nearTop(files: readonly string[], extension: string): string[] {
  const depth = (path: string) => path.split('/').length
  return files
    .filter((path) => extensionOf(path) === extension)
    .toSorted((a, b) => depth(a) - depth(b))
    .slice(0, MOST_LOOKED_AT)
    .sort()
}

/** Splits that folders are named after, and what they are called here. */
const SPLIT_FOLDERS: ReadonlyMap<string, string> = new Map(
  ['train', 'valid', 'val', 'test', 'trainval', 'training', 'validation', 'testing'].map((name) => [
    name,
    name.startsWith('val') ? 'val' : name.replace(/ing$/, ''),
  ]),
)

/** The split that a path names by one of its folders, or undefined. */
export function splitOf(path: string): string | undefined {
  for (const part of folderOf(path).split('/')) {
    const split = SPLIT_FOLDERS.get(part.toLowerCase())
    if (split !== undefined) return split
  }
  return undefined
}

/** The splits that entries are sorted into by their folders; undefined if none is. */
export function splitsByFolder(
  entries: readonly { readonly id: string; readonly file: string }[],
): ReadonlyMap<string, readonly string[]> | undefined {
  const splits = new Map<string, string[]>()
  for (const { id, file } of entries) {
    const split = splitOf(file) ?? splitOf(id)
    if (split !== undefined) splits.set(split, [...(splits.get(split) ?? []), id])
  }
  return splits.size === 0 ? undefined : splits
}
