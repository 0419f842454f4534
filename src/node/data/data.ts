/** @file Where a dataset comes from. What reads it is chosen here, so that nothing after this file needs to know. */
import type { Dataset, Example } from '../../dataset/dataset.ts'
import type { Image } from '../../image/image.ts'
import type { ReadImageOptions } from '../picture/read-image.ts'
import { checkExampleImage, readExampleImage } from './read-example.ts'
import { type ReadVocOptions, readVocDataset } from './read-voc.ts'

/** Splits to train on where none is named, the best first; without any of them everything is taken. */
export const TRAINING_SPLITS = ['trainval', 'train'] as const

/** How to open a dataset. */
export type OpenDataOptions = ReadVocOptions

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
 * @param source path of a Pascal VOC folder
 * @throws as readVocDataset
 */
export async function openData(source: string, options: OpenDataOptions = {}): Promise<Data> {
  const dataset = await readVocDataset(source, options)
  const splits = dataset.split?.available ?? []
  return { dataset, splits, readImage: readExampleImage, checkImage: checkExampleImage }
}
