/**
 * @file Where a dataset comes from: a Pascal VOC folder, or the word `shapes` for the generated set. Both
 * answer alike, so that nothing after this file needs to know.
 */
import type { Dataset, Example } from '../dataset/dataset.ts'
import type { Image } from '../image/image.ts'
import { readExampleImage } from './read-example.ts'
import { type ReadVocOptions, readVocDataset } from './read-voc.ts'

/** A dataset and the way to its pictures. */
export interface Data {
  readonly dataset: Dataset
  readonly readImage: (example: Example) => Promise<Image>
}

/**
 * Opens a dataset.
 * @param source path of a Pascal VOC folder
 * @throws as readVocDataset
 */
export async function openData(source: string, options: ReadVocOptions = {}): Promise<Data> {
  const dataset = await readVocDataset(source, options)
  return { dataset, readImage: readExampleImage }
}
