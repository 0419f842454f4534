/**
 * @file Reading a folder of Pascal VOC data into a dataset, checking every file on the way.
 *
 * What is wrong with the data is told and counted, never passed over in silence:
 *
 * - a box without area, or listed twice, is left out alone (every labelled collection has a few);
 * - with a broken file, an inverted box, a box outside its picture or a missing picture, the whole picture is left out.
 *   With `strict`, any problem is an error, once all are found;
 * - a class that is not among those asked for is an error: two lists disagree, not one file.
 *
 * Annotations without objects are kept: their pictures teach what background looks like. Pictures without
 * an annotation are not read: nobody said that they are empty.
 */

import { basename, resolve } from 'node:path'
import type { Dataset, Example } from '../../dataset/dataset.ts'
import { noImages } from '../../dataset/no-images.ts'
import {
  createProblemList,
  type ProblemList,
  type ProblemOptions,
} from '../../dataset/problem-list.ts'
import { SPLITS_DEFAULTS } from '../../dataset/split.ts'
import { parseVocXml, type VocAnnotation } from '../../dataset/voc-xml.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { Unlabelled } from '../../label/unlabelled.ts'
import { mapInParallel } from '../files/in-parallel.ts'
import { unknownClasses } from './check-objects.ts'
import { createImageFinder, type ImageFinder } from './find-image.ts'
import { readAnnotationFile } from './read-annotation-file.ts'
import { type CheckedExample, checkVocExample } from './voc-example.ts'
import { findVocLayout, type VocEntry } from './voc-layout.ts'
import { chooseSplit, type SplitChoice } from './voc-split.ts'

/** How to read a folder. */
export interface ReadVocOptions extends ProblemOptions, SplitChoice {
  /** Class names in class-id order, e.g. of a trained model; default: all names in the folder, sorted. */
  readonly classes?: readonly string[] | undefined
  /** For splits that must be drawn because the folder has none. Default 0. */
  readonly seed?: number | undefined
  /** What becomes of pictures without labels; default 'skip'. */
  readonly unlabelled?: Unlabelled | undefined
  /** Ends the reading between two files. */
  readonly signal?: AbortSignal | undefined
}

/** Files that are open at once: enough to keep a disk busy, far below any system's limit. */
const FILES_AT_ONCE = 32

/**
 * Reads a folder of Pascal VOC data (layouts: voc-layout.ts). Pictures are found, their headers read and boxes
 * checked; pixels are not read.
 * @param folder path
 * @throws E_FOLDER_MISSING, E_FOLDER_EMPTY, E_SPLIT_MISSING, E_NO_IMAGES, E_CLASS_UNKNOWN; and if `strict`
 * E_ANNOTATION_MISSING, E_XML, E_IMAGE_MISSING, E_IMAGE_UNREADABLE, E_IMAGE_SIZE, E_BOX_FORMAT, E_BOX_ORDER,
 * E_BOX_OUTSIDE, E_BOX_EMPTY, E_BOX_TWICE
 */
export async function readVocDataset(
  folder: string,
  options: ReadVocOptions = {},
): Promise<Dataset> {
  const layout = await findVocLayout(folder, options.seed ?? SPLITS_DEFAULTS.seed)
  const list = createProblemList(options)
  const { taken: split, entries } = chooseSplit(layout, options, list, folder)
  const name = [basename(resolve(folder)), split.name].filter(Boolean).join(' ')
  // Without a class list also those outside the split, so that every split gets the same one.
  const needed = options.classes === undefined ? layout.entries : entries
  const readings = await readAnnotations(needed, options)
  const classes = options.classes ?? classNames(readings.values())
  const images = createImageFinder()
  const checks = await mapInParallel(entries, parallel(options), (entry) =>
    checkEntry(entry, readings.get(entry.id)!, classes, images),
  )
  const unknown = unknownClasses(checks, classes)
  if (unknown !== null) throw unknown
  const examples = checks.flatMap((check) => keep(check, list))
  list.finish(name)
  const { problems, leftOut } = list
  if (examples.length === 0) throw noImages({ name, problems, split })
  const unlabelled = options.classes
    ? undefined
    : await countUnlabelled(layout.entries, readings, images)
  return { name, classes, examples, split, problems, leftOut, unlabelled }
}

const parallel = ({ signal }: ReadVocOptions) => ({ atOnce: FILES_AT_ONCE, signal })

type AnnotationReading = VocAnnotation | SingleshotError

/** All annotations, by id. */
async function readAnnotations(
  entries: readonly VocEntry[],
  options: ReadVocOptions,
): Promise<ReadonlyMap<string, AnnotationReading>> {
  const readings = await mapInParallel(entries, parallel(options), async ({ id, xmlPath }) => {
    const read = async () => parseVocXml(await readAnnotationFile(xmlPath), xmlPath)
    return [id, await read().catch(asProblem)] as const
  })
  return new Map(readings)
}

/** What is wrong with the data is a value; anything else is still an error. */
function asProblem(error: unknown): SingleshotError {
  if (error instanceof SingleshotError) return error
  throw error
}

/** Every name once, in the order of the code units, which is the same on every machine. */
function classNames(readings: Iterable<AnnotationReading>): string[] {
  const names = [...readings].flatMap((reading) =>
    reading instanceof SingleshotError ? [] : reading.objects.map((o) => o.className),
  )
  return [...new Set(names)].sort()
}

async function checkEntry(
  entry: VocEntry,
  annotation: AnnotationReading,
  classes: readonly string[],
  { find: findImage }: ImageFinder,
): Promise<CheckedExample | SingleshotError> {
  if (annotation instanceof SingleshotError) return annotation
  return checkVocExample({ entry, annotation, classes, findImage }).catch(asProblem)
}

/** The example, or none where its picture must be left out. */
function keep(check: CheckedExample | SingleshotError, list: ProblemList): Example[] {
  const faults = check instanceof SingleshotError ? [check] : check.faults
  if (faults.length > 0) list.leaveOutImage(faults)
  if (check instanceof SingleshotError || faults.length > 0) return []
  for (const problem of check.idle) list.leaveOutObject(problem)
  return [check.example]
}

/** Pictures that belong to no annotation of the whole folder. */
async function countUnlabelled(
  entries: readonly VocEntry[],
  readings: ReadonlyMap<string, AnnotationReading>,
  images: ImageFinder,
): Promise<number> {
  for (const { id, imageFolder, xmlPath } of entries) {
    const reading = readings.get(id)
    const filename = reading instanceof SingleshotError ? undefined : reading?.filename
    await images.find(imageFolder, xmlPath, filename)
  }
  return images.unclaimed()
}
