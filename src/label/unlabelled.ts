/** @file Pictures that no labels belong to, taken for pictures in which there is nothing, where somebody says so. */
import type { FileTree, LabelEntry, LabelIndex } from './labels.ts'
import { splitOf, withoutExtension } from './paths.ts'
import { createPictureFinder } from './picture-finder.ts'

/** What becomes of pictures without labels: they are not used, or there is nothing in them. */
export const UNLABELLED = ['skip', 'empty'] as const

/** What becomes of pictures without labels: see {@link UNLABELLED}. */
export type Unlabelled = (typeof UNLABELLED)[number]

/** The index with an entry without objects for each picture that no other belongs to. */
export async function withUnlabelled(index: LabelIndex, tree: FileTree): Promise<LabelIndex> {
  const finder = createPictureFinder(tree.files)
  for (const { file, load } of index.entries) {
    // Labels that cannot be read belong to a picture too, but to which nobody knows.
    const labels = await load().catch(() => undefined)
    if (labels !== undefined) finder.find({ file, ...labels })
  }
  const added = finder.unclaimed().map(
    (picture): LabelEntry => ({
      id: withoutExtension(picture),
      file: picture,
      load: async () => ({ picture, unit: 'pixels', objects: [], faults: [] }),
    }),
  )
  const splits =
    index.splits &&
    new Map(
      [...index.splits].map(([name, ids]) => [
        name,
        [...ids, ...added.filter(({ file }) => splitOf(file) === name).map(({ id }) => id)],
      ]),
    )
  const notes =
    added.length === 0 ? [] : [`${added.length} pictures without labels are taken for empty.`]
  return {
    ...index,
    entries: [...index.entries, ...added],
    splits,
    notes: [...(index.notes ?? []), ...notes],
  }
}
