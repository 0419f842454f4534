/**
 * @file Which picture of a folder labels mean. Labels name a picture as it was called on another machine: by an absolute
 * path, without folders, in other case, with another extension. The picture whose path agrees furthest from its end is
 * meant; where several agree as far, the one that lies nearest to the labels.
 */
import { baseOf, folderOf, isPicture, sameKey, splitOf, withoutExtension } from './paths.ts'

/** What labels say of their picture. */
export interface SoughtPicture {
  /** The file of labels. */
  readonly file: string
  /** What they call it. */
  readonly picture: string
  /** Another name, if there is none of that one. */
  readonly otherwise?: string | undefined
}

/** What was found: a path, or how many pictures it may be. */
export type FoundPicture = { readonly path: string } | { readonly count: number }

/** Finds pictures, and knows which nobody asked for. */
export interface PictureFinder {
  find(sought: SoughtPicture): FoundPicture
  /** Pictures that no labels were found to belong to. */
  unclaimed(): string[]
}

/** Makes the finder of a folder. @param files all paths below it */
export function createPictureFinder(files: readonly string[]): PictureFinder {
  const pictures = files.filter(isPicture)
  const exact = new Set(pictures)
  const byBase = grouped(pictures, (path) => sameKey(baseOf(path)))
  const byStem = grouped(pictures, (path) => sameKey(withoutExtension(baseOf(path))))
  const claimed = new Set<string>()
  const named = (file: string, picture: string): readonly string[] => {
    const folder = folderOf(file)
    const beside = folder === '' ? picture : `${folder}/${picture}`
    for (const path of [beside, picture]) if (exact.has(path)) return [path]
    const base = sameKey(baseOf(picture))
    // Before its own name a tool may have put a mark: eight letters and a hyphen.
    const unmarked = base.replace(/^[0-9a-f]{8}-/, '')
    return (
      byBase.get(base) ??
      byStem.get(withoutExtension(base)) ??
      byStem.get(base) ??
      byBase.get(unmarked) ??
      byStem.get(withoutExtension(unmarked)) ??
      []
    )
  }
  return {
    find({ file, picture, otherwise }) {
      let candidates = named(file, picture)
      if (candidates.length === 0 && otherwise !== undefined) candidates = named(file, otherwise)
      const best = nearest(candidates, { file, picture })
      if (best.length !== 1) return { count: best.length }
      claimed.add(best[0]!)
      return { path: best[0]! }
    },
    unclaimed: () => pictures.filter((path) => !claimed.has(path)),
  }
}

function grouped(paths: readonly string[], key: (path: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const path of paths) {
    const group = groups.get(key(path))
    if (group === undefined) groups.set(key(path), [path])
    else group.push(path)
  }
  return groups
}

/** Those that agree furthest with what is sought; one, unless two agree alike. */
function nearest(
  candidates: readonly string[],
  { file, picture }: SoughtPicture,
): readonly string[] {
  if (candidates.length < 2) return candidates
  const scores: ((path: string) => number)[] = [
    (path) => commonParts(path.split('/').toReversed(), picture.split('/').toReversed()),
    (path) => (baseOf(path) === baseOf(picture) ? 1 : 0),
    (path) => (splitOf(path) === splitOf(file) ? 1 : 0),
    // `Annotations/cam1/a.xml` means `JPEGImages/cam1/a.jpg`.
    (path) => commonParts(upwards(path), upwards(file)),
    (path) => commonParts(folderOf(path).split('/'), folderOf(file).split('/')),
  ]
  let left = candidates
  for (const score of scores) {
    const most = Math.max(...left.map(score))
    left = left.filter((path) => score(path) === most)
  }
  return left
}

const upwards = (path: string) => folderOf(path).split('/').toReversed()

function commonParts(a: readonly string[], b: readonly string[]): number {
  let same = 0
  while (same < a.length && same < b.length && sameKey(a[same]!) === sameKey(b[same]!)) same += 1
  return same
}
