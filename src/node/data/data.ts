/** @file Where a dataset comes from. What reads it is chosen here, so that nothing after this file needs to know. */
import type { Dataset, Example } from '../../dataset/dataset.ts'
import { drawSplits, SPLITS_DEFAULTS } from '../../dataset/split.ts'
import type { Image } from '../../image/image.ts'
import type { FormatName } from '../../label/format-names.ts'
import { vocFormat } from '../../label/formats/voc.ts'
import type { FileTree } from '../../label/labels.ts'
import { extensionOf, folderOf, isPicture } from '../../label/paths.ts'
import type { ReadImageOptions } from '../picture/read-image.ts'
import { openFolder } from './file-tree.ts'
import { checkExampleImage, readExampleImage } from './read-example.ts'
import { readLabelledDataset } from './read-labels.ts'
import { type ReadVocOptions, readVocDataset } from './read-voc.ts'
import { chooseFormat } from './recognise.ts'
import { findVocLayout } from './voc-layout.ts'

/** Splits to train on where none is named, the best first; without any of them everything is taken. */
export const TRAINING_SPLITS = ['trainval', 'train'] as const

/** How to open a dataset. */
export interface OpenDataOptions extends ReadVocOptions {
  /** The format of its labels; undefined: it is recognised. */
  readonly format?: FormatName | undefined
}

/** A dataset and the way to its pictures. */
export interface Data {
  readonly dataset: Dataset
  /** All splits that the source has, sorted. */
  readonly splits: readonly string[]
  readonly readImage: (example: Example, options?: ReadImageOptions) => Promise<Image>
  /** Checks that a picture can be read, without decoding it where a cheaper way is nearly as sure. */
  readonly checkImage: (example: Example, options?: ReadImageOptions) => Promise<void>
}

/**
 * Opens a dataset.
 * @param source path of a folder with pictures and labels
 * @throws SingleshotError E_FOLDER_MISSING; E_FOLDER_EMPTY where nothing looks like labels; E_FORMAT; as readVocDataset and
 * readLabelledDataset
 */
export async function openData(source: string, options: OpenDataOptions = {}): Promise<Data> {
  const dataset = await readDataset(source, options)
  const splits = dataset.split?.available ?? []
  return { dataset, splits, readImage: readExampleImage, checkImage: checkExampleImage }
}

/**
 * The names of the splits of a folder, from its lists alone: no labels are read where lists say it.
 * @returns none where the folder cannot be read
 */
export async function splitsAt(
  source: string,
  { format }: Pick<OpenDataOptions, 'format'> = {},
): Promise<readonly string[]> {
  try {
    const tree = await openFolder(source)
    const chosen = await chooseFormat(tree, source, format)
    if (chosen === undefined) return []
    if (chosen.format === vocFormat && isDevkit(tree))
      return (await findVocLayout(source, SPLITS_DEFAULTS.seed)).names
    const { splits, entries } = await chosen.format.read(tree)
    const ids = entries.map(({ id }) => id)
    return [...(splits ?? drawSplits(ids, SPLITS_DEFAULTS.seed)).keys()]
  } catch {
    return []
  }
}

async function readDataset(
  source: string,
  { format, ...options }: OpenDataOptions,
): Promise<Dataset> {
  const tree = await openFolder(source)
  const chosen = await chooseFormat(tree, source, format)
  // Nothing looks like labels: the devkit's reader says best what it misses.
  if (chosen === undefined) return readVocDataset(source, options)
  // The devkit's own reader looks at annotations alone.
  if (chosen.format !== vocFormat || !isDevkit(tree) || options.unlabelled === 'empty')
    return (await readLabelledDataset(tree, source, chosen, options)).dataset
  const { name, title } = vocFormat
  const labels = { format: name, title, reason: chosen.reason, notes: [] }
  return { ...(await readVocDataset(source, options)), labels }
}

/** Whether annotations lie as in the devkit, or beside their pictures: layouts that have a reader of their own. */
function isDevkit({ files }: FileTree): boolean {
  const annotations = files.filter((path) => extensionOf(path) === '.xml')
  if (annotations.every((path) => folderOf(path) === 'Annotations')) return true
  const withPictures = new Set(files.filter(isPicture).map(folderOf))
  return annotations.every(
    (path) => path.split('/').length <= 2 && withPictures.has(folderOf(path)),
  )
}
