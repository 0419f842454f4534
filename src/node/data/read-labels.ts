/**
 * @file Labels of any format as a dataset: pictures found, headers read, boxes checked. What is wrong is told and
 * counted, as read-voc.ts says.
 */
import { basename, join, resolve } from 'node:path'
import type { Dataset, Example } from '../../dataset/dataset.ts'
import { noImages } from '../../dataset/no-images.ts'
import { createProblemList, type ProblemList } from '../../dataset/problem-list.ts'
import { drawSplits, SPLITS_DEFAULTS } from '../../dataset/split.ts'
import { countOf } from '../../error/count-of.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { Recognised } from '../../label/formats.ts'
import type { FileTree, LabelEntry, LabelIndex, LabelledPicture } from '../../label/labels.ts'
import { createPictureFinder, type PictureFinder } from '../../label/picture-finder.ts'
import { shortIds } from '../../label/short-ids.ts'
import { withUnlabelled } from '../../label/unlabelled.ts'
import { mapInParallel } from '../files/in-parallel.ts'
import { readImageSize } from '../picture/read-image.ts'
import { type CheckedObjects, checkObjects, unknownClasses } from './check-objects.ts'
import { requireSize } from './read-example.ts'
import type { ReadVocOptions } from './read-voc.ts'
import { chooseSplit, type SplitLayout } from './voc-split.ts'

/** Files that are open at once. */
const FILES_AT_ONCE = 32

/** A picture's labels as they were read, or why they could not be. */
type Loaded = LabelledPicture | SingleshotError

/** A picture's labels, checked. */
interface CheckedPicture extends CheckedObjects {
  readonly example: Example
  /** The labels themselves, in pixels, for writers. */
  readonly labelled: LabelledPicture
}

/** A dataset, with all that its labels say. */
export interface LabelledDataset {
  readonly dataset: Dataset
  /** By example id: the objects as labelled, in pixels, also what a dataset does not keep. */
  readonly labelled: ReadonlyMap<string, LabelledPicture>
  /** By example id: the split that names it; empty where the data names none. */
  readonly splitOf: ReadonlyMap<string, string>
}

/**
 * Reads labels.
 * @param tree the folder's files @param folder its path
 * @throws SingleshotError E_SPLIT_MISSING, E_NO_IMAGES, E_CLASS_UNKNOWN; and if `strict`, what is wrong
 */
export async function readLabelledDataset(
  tree: FileTree,
  folder: string,
  { format, reason }: Pick<Recognised, 'format'> & { readonly reason?: string | undefined },
  options: ReadVocOptions = {},
): Promise<LabelledDataset> {
  const { signal } = options
  const read = await format.read(tree)
  const index = withShortIds(
    options.unlabelled === 'empty' ? await withUnlabelled(read, tree) : read,
  )
  const layout = layoutOf(index, options.seed ?? SPLITS_DEFAULTS.seed)
  const list = createProblemList(options)
  const { taken: split, entries } = chooseSplit(layout, options, list, folder)
  const name = [basename(resolve(folder)), split.name].filter(Boolean).join(' ')
  // Without a class list, names come from all pictures, so that every split gets the same one.
  const known = options.classes ?? index.classes
  const parallel = { atOnce: FILES_AT_ONCE, signal }
  const needed = known === undefined ? layout.entries : entries
  const loaded = new Map(
    await mapInParallel(needed, parallel, async (entry) => {
      return [entry.id, await entry.load().catch(asProblem)] as const
    }),
  )
  const classes = known ?? classNames(loaded.values())
  const finder = createPictureFinder(tree.files)
  const checks = await mapInParallel(entries, parallel, (entry) =>
    checkEntry(entry, loaded.get(entry.id)!, { folder, finder, classes }).catch(asProblem),
  )
  const unknown = unknownClasses(checks, classes)
  if (unknown !== null) throw unknown
  const kept = checks.flatMap((check) => keep(check, list))
  list.finish(name)
  const { problems, leftOut } = list
  const examples = kept.map(({ example }) => example)
  if (examples.length === 0) throw noImages({ name, problems, split })
  const unlabelled = split.name === undefined ? finder.unclaimed().length : undefined
  const labels = { format: format.name, title: format.title, reason, notes: index.notes ?? [] }
  return {
    dataset: { name, classes, examples, split, problems, leftOut, unlabelled, labels },
    labelled: new Map(kept.map(({ example, labelled }) => [example.id, labelled])),
    splitOf: layout.drawn ? new Map() : splitsById(layout.splits),
  }
}

/** Splits that leave nothing to another: where several name a picture, the last of these that does. */
const PARTS = ['train', 'val', 'test']

function splitsById(splits: ReadonlyMap<string, readonly string[]>): Map<string, string> {
  const rank = (name: string) => PARTS.indexOf(name)
  const ordered = [...splits].toSorted(([a], [b]) => rank(a) - rank(b))
  return new Map(ordered.flatMap(([name, ids]) => ids.map((id) => [id, name] as const)))
}

/** The index with ids that tell pictures apart and little more. */
function withShortIds(index: LabelIndex): LabelIndex {
  const long = index.entries.map(({ id }) => id)
  const short = shortIds(long)
  const renamed = new Map(long.map((id, i) => [id, short[i]!]))
  const splits =
    index.splits &&
    new Map([...index.splits].map(([name, ids]) => [name, ids.map((id) => renamed.get(id) ?? id)]))
  return {
    ...index,
    entries: index.entries.map((entry, i) => ({ ...entry, id: short[i]! })),
    splits,
  }
}

function layoutOf({ entries, splits }: LabelIndex, seed: number): SplitLayout<LabelEntry> {
  const drawn = splits === undefined
  const found =
    splits ??
    drawSplits(
      entries.map(({ id }) => id),
      seed,
    )
  return { entries, splits: found, unreadable: new Map(), names: [...found.keys()].sort(), drawn }
}

/** What is wrong with the data is a value; anything else is still an error. */
function asProblem(error: unknown): SingleshotError {
  if (error instanceof SingleshotError) return error
  throw error
}

/** Every name once, in the order of the code units, which is the same on every machine. */
function classNames(loaded: Iterable<Loaded>): string[] {
  const names = new Set<string>()
  for (const picture of loaded)
    if (!(picture instanceof SingleshotError))
      for (const { className } of picture.objects) names.add(className)
  return [...names].sort()
}

interface Place {
  readonly folder: string
  readonly finder: PictureFinder
  readonly classes: readonly string[]
}

async function checkEntry(
  { id, file }: LabelEntry,
  loaded: Loaded,
  { folder, finder, classes }: Place,
): Promise<CheckedPicture | SingleshotError> {
  if (loaded instanceof SingleshotError) return loaded
  const { picture, otherwise } = loaded
  const found = finder.find({ file, picture, otherwise })
  if (!('path' in found)) return noPicture(picture, file, found.count)
  const imagePath = join(folder, found.path)
  const size = await readImageSize(imagePath)
  if (loaded.size !== undefined) requireSize(size, loaded.size, imagePath)
  const labelled = inPixels(loaded, size)
  const origin = { where: 'readLabels', file, picture: found.path, classes, size }
  const checked = checkObjects(labelled.objects, origin)
  const faults = [...loaded.faults, ...checked.faults]
  const example = { id, imagePath, size, objects: checked.objects }
  return { ...checked, faults, example, labelled: { ...labelled, objects: checked.kept } }
}

function noPicture(picture: string, file: string, count: number): SingleshotError {
  const rule =
    count === 0
      ? `expected a picture named ${picture} in the folder`
      : `expected one picture named ${picture} in the folder`
  const got = count === 0 ? 'none' : countOf(count, 'that might be meant', 'that might be meant')
  return new SingleshotError('E_IMAGE_MISSING', { where: 'readLabels', rule, got, file })
}

/** Labels that are shares of the sides, in pixels. */
function inPixels(
  labels: LabelledPicture,
  size: { width: number; height: number },
): LabelledPicture {
  if (labels.unit === 'pixels') return labels
  const { width, height } = size
  const objects = labels.objects.map(({ box, outline, ...object }) => ({
    ...object,
    box: { x1: box.x1 * width, y1: box.y1 * height, x2: box.x2 * width, y2: box.y2 * height },
    ...(outline && { outline: outline.map((value, i) => value * (i % 2 === 0 ? width : height)) }),
  }))
  return { ...labels, unit: 'pixels', objects }
}

/** The example, or none where its picture must be left out. */
function keep(check: CheckedPicture | SingleshotError, list: ProblemList): CheckedPicture[] {
  const faults = check instanceof SingleshotError ? [check] : check.faults
  if (faults.length > 0) list.leaveOutImage(faults)
  if (check instanceof SingleshotError || faults.length > 0) return []
  for (const problem of check.idle) list.leaveOutObject(problem)
  return [check]
}
