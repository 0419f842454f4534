/**
 * @file Runs that each saw all pictures but one part: made like a given run, into a folder beside it, to be asked about the
 * part that they did not see.
 *
 *     RUN-folds/data/     the pictures (links) and their labels as Pascal VOC, with a list for each part and for its rest
 *     RUN-folds/fold-1/   the run that did not see part 1, and so on
 *
 * A run that is finished is kept, one that was interrupted goes on, as long as pictures and labels are the same.
 */
import { createHash } from 'node:crypto'
import { readFile, rm, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import * as z from 'zod'
import { dealFolds } from '../../dataset/folds.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { vocFormat } from '../../label/formats/voc.ts'
import type { Rule } from '../../rule/rule.ts'
import type { Listener, TrainEvent } from '../events.ts'
import { refuseFilled, writeNewFile } from '../files/new-file.ts'
import { LAST_FILE } from '../model.ts'
import type { RunConfig } from '../run/run-config.ts'
import { RUN_FILES } from '../run/run-folder.ts'
import { train } from '../run/train.ts'
import { groupExamples } from './group-examples.ts'
import type { LabelledDataset } from './read-labels.ts'
import { labelSetOf, writeLabels } from './write-labels.ts'

/** What to divide, and how the runs are made. */
export interface FoldRunsRequest {
  /** The run whose settings they have. */
  readonly config: RunConfig
  readonly source: LabelledDataset
  /** How many parts, at least 2. */
  readonly folds: number
  /** The folder to make, or to go on in. */
  readonly out: string
  readonly threads?: number | undefined
  readonly rules?: readonly Rule[] | undefined
  readonly signal?: AbortSignal | undefined
  /** Told of the training; `fold` counts from 1. */
  readonly onEvent?: ((event: TrainEvent, fold: number) => void) | undefined
}

/** Each picture's fold, and each fold's run. */
export interface FoldRuns {
  /** In the order of the examples; from 0. */
  readonly foldOf: readonly number[]
  /** Run folders. */
  readonly runs: readonly string[]
}

const PLAN_FILE = 'folds.json'

/** What a run's summary says of its end. */
const summarySchema = z.object({ stopped: z.boolean() })

/**
 * Trains the runs.
 * @throws SingleshotError E_OUTPUT_EXISTS where the folder holds anything but these folds; as `train`; the signal's reason
 */
export async function trainFolds(request: FoldRunsRequest): Promise<FoldRuns> {
  const { source, folds, out, config, signal } = request
  const groups = await groupExamples(source.dataset.examples, signal)
  const foldOf = dealFolds(groups, folds, config.train.seed)
  await prepareData(request, foldOf)
  const runs = Array.from({ length: folds }, (_, k) => join(out, `fold-${k + 1}`))
  for (const [k, run] of runs.entries()) await trainFold(request, run, k + 1)
  return { foldOf, runs }
}

/** The data folder, unless it is there: then it must be of the same pictures, labels and folds. */
async function prepareData(
  { source, folds, out, signal }: FoldRunsRequest,
  foldOf: readonly number[],
): Promise<void> {
  const set = labelSetOf(source)
  const pictures = set.pictures.map((picture) => ({
    ...picture,
    split: undefined,
    objects: picture.objects.filter(({ crowd }) => crowd !== true),
  }))
  const labels = createHash('sha256').update(JSON.stringify(pictures)).digest('hex')
  const plan = `${JSON.stringify({ folds, labels, foldOf })}\n`
  const file = join(out, PLAN_FILE)
  const former = await readFile(file, 'utf8').catch(() => undefined)
  if (former === plan) return
  if (former !== undefined)
    throw new SingleshotError('E_OUTPUT_EXISTS', {
      where: 'doctor',
      rule: 'expected folds of the same pictures, with the same labels',
      got: 'others',
      file: out,
      remedy: 'Remove this folder if it is no longer needed.',
    })
  const data = join(out, 'data')
  await refuseFilled('doctor', data)
  try {
    await writeData()
  } catch (error) {
    // Half a folder would be in the way the next time.
    await rm(data, { recursive: true, force: true })
    throw error
  }
  await writeNewFile(file, plan, { where: 'doctor' })

  async function writeData() {
    const sources = source.dataset.examples.map(({ imagePath }) => imagePath)
    await writeLabels({ ...set, pictures }, vocFormat, {
      ...{ out: data, sources, signal, pictures: 'link', where: 'doctor' },
    })
    const names = pictures.map((picture) => {
      const place = vocFormat.placeOf(picture)
      return basename(place, extname(place))
    })
    for (let k = 0; k < folds; k++) {
      const list = names.filter((_, i) => foldOf[i] !== k)
      await writeNewFile(
        join(data, 'ImageSets', 'Main', `${restOf(k + 1)}.txt`),
        list.map((name) => `${name}\n`).join(''),
        { where: 'doctor' },
      )
    }
  }
}

/** The list of all pictures but those of a part. */
const restOf = (fold: number) => `without-${fold}`

async function trainFold(
  { config, out, threads, rules, signal, onEvent }: FoldRunsRequest,
  run: string,
  fold: number,
): Promise<void> {
  if (await isFinished(run)) return
  const listen: Listener<TrainEvent> = (event) => onEvent?.(event, fold)
  const session = { ...(threads !== undefined && { threads }), rules, signal, onEvent: listen }
  if (await exists(join(run, LAST_FILE))) await train({ ...session, resume: run })
  else {
    const { classes: _, ...model } = config.model
    await train({
      ...session,
      ...config.budget,
      data: join(out, 'data'),
      split: restOf(fold),
      out: run,
      input: model.input,
      config: { model, train: config.train },
      augment: config.augment,
      snapshots: config.snapshots,
    })
  }
  signal?.throwIfAborted()
}

/** Whether a run came to its end; one that was stopped has a summary too. */
async function isFinished(run: string): Promise<boolean> {
  const text = await readFile(join(run, RUN_FILES.summary), 'utf8').catch(() => undefined)
  if (text === undefined) return false
  try {
    return summarySchema.parse(JSON.parse(text)).stopped === false
  } catch {
    return false // Damaged: the run goes on from its checkpoint, and writes it anew.
  }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
