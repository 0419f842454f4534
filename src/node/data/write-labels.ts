/** @file Labels and their pictures written into a new folder, in any format. */
import { extname, join } from 'node:path'
import type { LabelFormat, LabelSet, WrittenPicture } from '../../label/labels.ts'
import type { Listener, ProgressEvent } from '../events.ts'
import { transferToNewFile, writeNewFile } from '../files/new-file.ts'
import type { LabelledDataset } from './read-labels.ts'

/** What comes to the pictures: a copy each, a link each, or nothing, where only labels are wanted. */
export type PictureTransfer = 'copy' | 'link' | 'none'

/** Where to write, and how. */
export interface WriteLabelsOptions {
  /** The folder; new or empty. */
  readonly out: string
  /** Paths of the pictures, in the order of the set. */
  readonly sources: readonly string[]
  /** Default 'copy'. */
  readonly pictures?: PictureTransfer | undefined
  /** The function that writes, for messages. */
  readonly where: string
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: Listener<ProgressEvent<'write'>>
}

/** All that labels say, for a writer. */
export function labelSetOf({ dataset, labelled, splitOf }: LabelledDataset): LabelSet {
  const pictures = dataset.examples.map(
    ({ id, imagePath, size }): WrittenPicture => ({
      id,
      extension: extname(imagePath),
      size,
      split: splitOf.get(id),
      objects: labelled.get(id)!.objects,
    }),
  )
  return { classes: dataset.classes, pictures }
}

/** Writes labels in a format. @throws SingleshotError E_OUTPUT_EXISTS, E_WRITE; the signal's reason */
export async function writeLabels(
  set: LabelSet,
  target: LabelFormat,
  { out, sources, pictures: how = 'copy', where, signal, onEvent }: WriteLabelsOptions,
): Promise<void> {
  const total = set.pictures.length
  for (const [i, picture] of set.pictures.entries()) {
    signal?.throwIfAborted()
    const place = join(out, target.placeOf(picture))
    if (how !== 'none') await transferToNewFile(sources[i]!, place, { how, where })
    onEvent?.({ type: 'progress', task: 'write', done: i + 1, total })
  }
  for (const [path, text] of target.write(set)) {
    signal?.throwIfAborted()
    await writeNewFile(join(out, path), text, { where })
  }
}
