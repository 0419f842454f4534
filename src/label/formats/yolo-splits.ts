/** @file The splits that a data.yaml of YOLO names. */
import type { FileTree, LabelEntry } from '../labels.ts'
import { extensionOf, folderOf, plainPath, withoutExtension } from '../paths.ts'
import { readText } from '../text.ts'

/** A data.yaml. */
export interface Yaml {
  readonly path: string
  readonly content: Readonly<Record<string, unknown>>
}

/** The splits that a data.yaml names: each a folder, a list of pictures, or several of these. */
export async function splitsOf(
  tree: FileTree,
  { path, content }: Yaml,
  entries: readonly LabelEntry[],
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const splits = new Map<string, string[]>()
  const base = folderOf(path)
  for (const name of ['train', 'val', 'test']) {
    const places = [content[name]].flat().filter((place) => typeof place === 'string')
    const ids: string[] = []
    for (const place of places) ids.push(...(await idsAt(tree, place, { base, entries })))
    if (ids.length > 0) splits.set(name, [...new Set(ids)])
  }
  return splits.size === 0 ? undefined : splits
}

async function idsAt(
  tree: FileTree,
  place: string,
  { base, entries }: { readonly base: string; readonly entries: readonly LabelEntry[] },
): Promise<string[]> {
  const paths = candidates(place, base)
  if (extensionOf(place) === '.txt') {
    const list = paths.find((path) => tree.files.includes(path))
    if (list === undefined) return []
    const lines = (await readText(tree, list)).split(/\r?\n/).filter((line) => line.trim() !== '')
    const stems = new Set(lines.map((line) => withoutExtension(plainPath(line.trim()))))
    // A list may have been written elsewhere: the ends of its paths decide.
    return entries
      .map(({ id }) => id)
      .filter((id) => stems.has(id) || [...tails(id)].some((tail) => stems.has(tail)))
  }
  for (const path of paths) {
    const ids = entries.map(({ id }) => id).filter((id) => id.startsWith(`${path}/`))
    if (ids.length > 0) return ids
  }
  return []
}

/** What a path in a data.yaml may mean: Roboflow writes `../train/images` for the folder beside it. */
function candidates(place: string, base: string): string[] {
  const plain = place
    .replaceAll('\\', '/')
    .replace(/^(\.\.?\/)+/, '')
    .replace(/\/+$/, '')
  const own = base === '' ? plain : `${base}/${plain}`
  return [own, plain, ...tails(plain)]
}

/** `b/c` and `c` of `a/b/c`. */
function* tails(path: string): Iterable<string> {
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) yield path.slice(at + 1)
}
