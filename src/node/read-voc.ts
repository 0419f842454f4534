/**
 * @file Reading a folder of Pascal VOC data into a dataset, checking every file on the way.
 *
 * What is wrong with the data must stop the work or be told, never pass in silence:
 *
 * - a box without area is reported as a problem and left out (every labelled collection has a few);
 * - a broken file, an inverted box, a box outside its picture, an unknown class or a missing picture is an
 *   error that names file and object. With `strict: false` such an example is reported and left out.
 *
 * Annotations without objects are kept: their pictures teach what background looks like. Pictures without
 * an annotation are not read: nobody said that they are empty.
 */
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Dataset, Example } from '../dataset/dataset.ts'
import { parseVocXml, type VocAnnotation } from '../dataset/voc-xml.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { createImageFinder } from './find-image.ts'
import { checkVocExample } from './voc-example.ts'
import { findVocLayout, type VocEntry, type VocLayout } from './voc-layout.ts'

/** How to read a folder. */
export interface ReadVocOptions {
  /** A list in ImageSets/Main, a subfolder, or train, val, trainval, test; everything if left out. */
  readonly split?: string
  /** Class names in class-id order, e.g. of a trained model; default: all names in the folder, sorted. */
  readonly classes?: readonly string[]
  /** Whether a broken example is an error (the default) or a problem. */
  readonly strict?: boolean
  /** For splits that must be drawn because the folder has none. Default 0. */
  readonly seed?: number
  /** Called with every problem as it is found. */
  readonly onProblem?: (problem: SingleshotError) => void
}

/** Files that are open at once: enough to keep a disk busy, far below any system's limit. */
const FILES_AT_ONCE = 32

/** What is done with what is wrong. */
interface Complaints {
  /** Notes a problem and goes on. */
  readonly report: (problem: SingleshotError) => void
  /** Stops the reading if it is strict; else notes a problem, and the example is left out. */
  readonly refuse: (error: unknown) => void
}

/**
 * Reads a folder of Pascal VOC data (layouts: voc-layout.ts). Pictures are found and boxes checked; pixels
 * are not read.
 * @param folder path
 * @throws E_FOLDER_MISSING, E_FOLDER_EMPTY, E_SPLIT_MISSING, E_NO_IMAGES; and unless `strict` is false
 * E_ANNOTATION_MISSING, E_XML, E_IMAGE_MISSING, E_CLASS_UNKNOWN, E_BOX_FORMAT, E_BOX_ORDER, E_BOX_OUTSIDE
 */
export async function readVocDataset(
  folder: string,
  { split, classes, strict = true, seed = 0, onProblem }: ReadVocOptions = {},
): Promise<Dataset> {
  const layout = await findVocLayout(folder, seed)
  const problems: SingleshotError[] = []
  const report = (problem: SingleshotError) => {
    problems.push(problem)
    onProblem?.(problem)
  }
  const refuse = (error: unknown) => {
    if (strict || !(error instanceof SingleshotError)) throw error
    report(error)
  }
  const entries = entriesOfSplit(layout, split, folder, refuse)
  // Also those outside the split, so that every split gets the same class list.
  const annotations = await readAnnotations(layout.entries, refuse)
  const names = classes ?? classNames(annotations.values())
  const examples = await checkExamples(entries, annotations, names, { report, refuse })
  if (examples.length === 0) throw noImages(folder, split)
  const name = [basename(resolve(folder)), split].filter(Boolean).join(' ')
  return { name, classes: names, examples, problems }
}

/** The annotations to make examples of; every line of a list must have one. */
function entriesOfSplit(
  { entries, splits }: VocLayout,
  split: string | undefined,
  file: string,
  refuse: Complaints['refuse'],
): readonly VocEntry[] {
  if (split === undefined) return entries
  const ids = splits.get(split)
  if (ids === undefined) {
    const rule = `expected one of the splits ${[...splits.keys()].join(', ')}`
    throw new SingleshotError('E_SPLIT_MISSING', { where: 'readVoc', rule, got: split, file })
  }
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return ids.flatMap((id) => {
    const entry = byId.get(id)
    if (entry !== undefined) return [entry]
    const rule = `expected an annotation for each line of the split ${split}`
    const parts = { where: 'readVoc', rule, got: `none for ${id}`, file }
    refuse(new SingleshotError('E_ANNOTATION_MISSING', parts))
    return []
  })
}

/** All annotations that can be read, by id. */
async function readAnnotations(
  entries: readonly VocEntry[],
  refuse: Complaints['refuse'],
): Promise<Map<string, VocAnnotation>> {
  const annotations = new Map<string, VocAnnotation>()
  for (let i = 0; i < entries.length; i += FILES_AT_ONCE) {
    const readings = entries.slice(i, i + FILES_AT_ONCE).map(async ({ id, xmlPath }) => {
      try {
        annotations.set(id, parseVocXml(await readFile(xmlPath, 'utf8'), xmlPath))
      } catch (error) {
        refuse(error)
      }
    })
    await Promise.all(readings)
  }
  return annotations
}

async function checkExamples(
  entries: readonly VocEntry[],
  annotations: ReadonlyMap<string, VocAnnotation>,
  classes: readonly string[],
  { report, refuse }: Complaints,
): Promise<Example[]> {
  const findImage = createImageFinder()
  const examples: Example[] = []
  for (const entry of entries) {
    const annotation = annotations.get(entry.id)
    if (annotation === undefined) continue // Refused already.
    try {
      examples.push(await checkVocExample({ entry, annotation, classes, findImage, report }))
    } catch (error) {
      refuse(error)
    }
  }
  return examples
}

/** Every name once, in the order of the code units, which is the same on every machine. */
function classNames(annotations: Iterable<VocAnnotation>): string[] {
  const names = [...annotations].flatMap(({ objects }) => objects.map((o) => o.className))
  return [...new Set(names)].sort()
}

function noImages(file: string, split: string | undefined): SingleshotError {
  const rule = `expected at least one usable image${split === undefined ? '' : ` in split ${split}`}`
  return new SingleshotError('E_NO_IMAGES', { where: 'readVoc', rule, got: 'none', file })
}
