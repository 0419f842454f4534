/**
 * @file The data doctor: everything that is wrong or odd with labelled pictures, found in one pass before it costs hours
 * of training. Nothing is changed.
 */
import { join, relative } from 'node:path'
import * as z from 'zod'
import type { Size } from '../../box/box.ts'
import { checkOptions } from '../../check/check-options.ts'
import { callbackSchema, type PartsOf, pathSchema, signalSchema } from '../../check/schemas.ts'
import { inputSizeSchema } from '../../config/model.ts'
import { tinyInputSize } from '../../config/tiny.ts'
import type { DataFinding, FindingCode } from '../../doctor/data-finding.ts'
import { findInLabels } from '../../doctor/label-findings.ts'
import { findInPictures } from '../../doctor/picture-look.ts'
import { findInSet, type LookedAt } from '../../doctor/set-findings.ts'
import type { ErrorCode } from '../../error/codes.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { FORMAT_NAMES, type FormatName } from '../../label/format-names.ts'
import { isPicture } from '../../label/paths.ts'
import type { Listener, ProgressEvent } from '../events.ts'
import { mapInParallel } from '../files/in-parallel.ts'
import { openFolder } from './file-tree.ts'
import { lookAtPicture } from './look-at-picture.ts'
import { type LabelledDataset, readLabelledDataset } from './read-labels.ts'
import { requireFormat } from './recognise.ts'

/** What to examine. */
export interface DoctorRequest {
  /** A folder of labelled pictures. */
  readonly data: string
  /** The format of the labels; undefined: it is recognised. */
  readonly format?: FormatName | undefined
  /** The input of the network that will look at them, pixels; default: that of `tiny` for these pictures. */
  readonly input?: Size | undefined
  /** Ends the examination with its reason. */
  readonly signal?: AbortSignal | undefined
  /** Told after each picture. */
  readonly onEvent?: Listener<ProgressEvent<'check'>>
}

const requestSchema = z.strictObject({
  data: pathSchema,
  format: z.enum(FORMAT_NAMES).optional(),
  input: z.optional(inputSizeSchema),
  signal: signalSchema.optional(),
  onEvent: callbackSchema.optional(),
} satisfies PartsOf<DoctorRequest>)

/** What was found. */
export interface DoctorReport {
  readonly data: string
  readonly format: FormatName
  /** Why the labels were taken for that format; null where it was named. */
  readonly reason: string | null
  /** Pictures in the folder, labelled or not. */
  readonly pictures: number
  readonly objects: number
  readonly classes: readonly string[]
  /** By file. */
  readonly findings: readonly DataFinding[]
}

/** Pictures that are decoded at once: as many as there are threads that decode. */
const AT_ONCE = 4

/**
 * Examines labelled pictures.
 * @throws SingleshotError E_CONFIG; E_FORMAT; E_FOLDER_MISSING, E_FOLDER_EMPTY; the signal's reason
 */
export async function examineData(request: DoctorRequest): Promise<DoctorReport> {
  checkOptions(requestSchema, request, 'examineData')
  const { data, format, signal } = request
  const tree = await openFolder(data)
  const chosen = await requireFormat(tree, data, { format, where: 'doctor' })
  const labels = await readLabelledDataset(tree, data, chosen, { signal })
  const paths = tree.files.filter(isPicture)
  const { looks, unread } = await lookAtAll(paths, labels, request)
  const { dataset, splitOf } = labels
  const { classes } = dataset
  const numberOf = (id: string, i: number) => labels.labelled.get(id)!.objects[i]!.number
  const input = request.input ?? tinyInputSize(dataset.examples.map(({ size }) => size))
  const examples = dataset.examples.map((example) => ({
    ...example,
    imagePath: relative(data, example.imagePath),
  }))
  const findings = [
    ...dataset.problems.map((problem) => ofProblem(problem, data)),
    ...unread,
    ...findInLabels(examples, { classes, input, splitOf, numberOf }),
    ...findInPictures(looks.map(({ facts }) => facts)),
    ...findInSet(looks),
    ...unlabelled(paths, labels, data),
  ]
  return {
    data,
    format: chosen.format.name,
    reason: chosen.reason ?? null,
    pictures: paths.length,
    objects: examples.reduce((sum, { objects }) => sum + objects.length, 0),
    classes,
    findings: findings.toSorted((a, b) => compare(a.file ?? '', b.file ?? '')),
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

async function lookAtAll(
  paths: readonly string[],
  { dataset, splitOf }: LabelledDataset,
  { data, signal, onEvent }: DoctorRequest,
): Promise<{ looks: LookedAt[]; unread: DataFinding[] }> {
  const byPath = new Map(dataset.examples.map((example) => [example.imagePath, example]))
  const looks: LookedAt[] = []
  const unread: DataFinding[] = []
  let done = 0
  const results = await mapInParallel(paths, { atOnce: AT_ONCE, signal }, async (file) => {
    const path = join(data, file)
    const facts = await lookAtPicture(path, file).catch((error) => {
      if (error instanceof SingleshotError) return error
      throw error
    })
    done += 1
    onEvent?.({ type: 'progress', task: 'check', done, total: paths.length })
    return facts
  })
  for (const [i, facts] of results.entries()) {
    if (facts instanceof SingleshotError) {
      const found = String(facts.parts.got ?? facts.parts.rule)
      unread.push({ code: 'picture-unreadable', file: paths[i]!, found })
      continue
    }
    const example = byPath.get(join(data, paths[i]!))
    const split = example && splitOf.get(example.id)
    looks.push({ facts, example, split })
  }
  return { looks, unread }
}

/** What the reader of labels says is a finding too. */
const CODES: Readonly<Partial<Record<ErrorCode, FindingCode>>> = {
  E_IMAGE_MISSING: 'picture-missing',
  E_IMAGE_UNREADABLE: 'picture-unreadable',
  E_IMAGE_SIZE: 'picture-size',
  E_BOX_EMPTY: 'box-empty',
  E_BOX_ORDER: 'box-inverted',
  E_BOX_OUTSIDE: 'box-outside',
  E_BOX_FORMAT: 'box-format',
  E_BOX_TWICE: 'box-twice',
}

function ofProblem({ code, parts }: SingleshotError, data: string): DataFinding {
  const file = parts.file
  return {
    code: CODES[code] ?? 'labels-unreadable',
    file: file?.startsWith(data) === true ? relative(data, file) : file,
    object: parts.object,
    found: parts.got === undefined ? parts.rule : `${parts.rule}, got ${String(parts.got)}`,
  }
}

/** Pictures of the folder that no labels belong to. */
function unlabelled(
  paths: readonly string[],
  { dataset }: LabelledDataset,
  data: string,
): DataFinding[] {
  const labelled = new Set(dataset.examples.map(({ imagePath }) => relative(data, imagePath)))
  // A picture that was left out because of its labels has some.
  const named = new Set(dataset.problems.map(({ parts }) => parts.file ?? ''))
  const stems = new Set([...named].map((file) => stemOf(file)))
  return paths
    .filter((path) => !labelled.has(path) && !stems.has(stemOf(path)))
    .map((file) => ({ code: 'labels-missing' as const, file, found: 'no labels' }))
}

const stemOf = (path: string) => path.replace(/^.*\//, '').replace(/\.[^.]*$/, '')
