/** @file The labelled pictures that a run trains on and measures on. */

import { resolve } from 'node:path'
import type { GroundTruth } from '../../dataset/dataset.ts'
import type { ProblemOptions } from '../../dataset/problem-list.ts'
import { TEST_SPLIT } from '../../dataset/split.ts'
import { countOf } from '../../error/count-of.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { DifficultInTraining } from '../../label/difficult.ts'
import type { RunConfig } from '../run/run-config.ts'
import type { StartRequest } from '../run/train-request.ts'
import { type Data, openData, splitsAt, TRAINING_SPLITS } from './data.ts'

/**
 * What opening data is told besides its place. It is not told to be strict: problems of annotations and of pictures are
 * to be told together, when both are known (prepare-data.ts).
 */
interface Told extends Pick<ProblemOptions, 'onEvent'> {
  readonly signal?: AbortSignal | undefined
}

/** Which data a run was given, and what it may contain. */
type DataKeys = 'data' | 'format' | 'unlabelled' | 'difficult' | 'model'

/** The split that was asked for, or the largest usual one that there is. @throws as openData */
export async function openTrainingSplit(
  request: Told & Pick<StartRequest, 'data' | 'split' | 'format' | 'unlabelled' | 'difficult'>,
): Promise<Data> {
  const { data, split, format, unlabelled, difficult } = request
  const told = { ...toldOf(request), split, format, unlabelled, usual: TRAINING_SPLITS }
  return setApart(await openData(data, told), difficult)
}

/**
 * Boxes set apart in which nothing is asked: crowds, a box around many objects being no object, and, where that was asked
 * for, objects marked difficult. What is found there is neither right nor wrong. What was done is noted, to be told.
 */
function setApart(data: Data, difficult: DifficultInTraining = 'learn'): Data {
  const { dataset } = data
  const isApart = (object: GroundTruth) =>
    object.crowd === true || (difficult === 'ignore' && object.difficult)
  const all = dataset.examples.flatMap(({ objects }) => objects)
  const crowds = all.filter(({ crowd }) => crowd === true).length
  const hard = all.filter((object) => object.difficult && object.crowd !== true).length
  if (crowds + hard === 0) return data
  const examples = dataset.examples.map((example) => {
    const around = example.objects.filter(isApart).map(({ box }) => box)
    if (around.length === 0) return example
    return { ...example, objects: example.objects.filter((one) => !isApart(one)), crowds: around }
  })
  const notes = [...(dataset.notes ?? []), ...notesOn(crowds, hard, difficult)]
  return { ...data, dataset: { ...dataset, examples, notes } }
}

function notesOn(crowds: number, hard: number, difficult: DifficultInTraining): string[] {
  const notes: string[] = []
  if (crowds > 0)
    notes.push(
      `${countOf(crowds, 'crowd')} not trained on; what is found there counts neither way.`,
    )
  if (hard > 0)
    notes.push(
      difficult === 'learn'
        ? `${countOf(hard, 'object')} marked difficult: learned from, as in the paper (--difficult ignore asks nothing there).`
        : `${countOf(hard, 'object')} marked difficult: not trained on; what is found there counts neither way.`,
    )
  return notes
}

/** The split to measure on during training; null without one. @throws as openData */
export async function openValidation(
  { data, format, unlabelled, validate, model }: Pick<RunConfig, DataKeys | 'validate'>,
  told: Told,
): Promise<Data | null> {
  if (validate === undefined) return null
  return openData(data, {
    ...toldOf(told),
    split: validate,
    format,
    unlabelled,
    classes: model.classes,
  })
}

/**
 * The training pictures of a run that goes on. They may have moved, and pictures may have come and gone; the classes
 * must be known to the model.
 * @throws SingleshotError E_RUN naming the classes that are new; as openData
 */
export async function reopenTrainingSplit(
  { data, format, unlabelled, difficult, split, model }: Pick<RunConfig, DataKeys | 'split'>,
  told: Told,
): Promise<Data> {
  const { classes } = model
  // Opened with its own class list: with the model's, a new class would be an error in some annotation.
  const opened = setApart(
    await openData(data, { ...toldOf(told), split, format, unlabelled }),
    difficult,
  )
  const added = opened.dataset.classes.filter((name) => !classes.includes(name))
  if (added.length > 0)
    throw new SingleshotError('E_RUN', {
      where: 'train',
      rule: `expected the classes that the run began with (${classes.join(', ')})`,
      got: `also ${added.join(', ')}`,
      file: resolve(data),
      remedy:
        'A model cannot learn further classes. Begin a new run with --weights RUN: it keeps all but the class head.',
    })
  if (opened.dataset.classes.length === classes.length) return opened
  // Every object of a class is gone; problems were told the first time.
  return setApart(
    await openData(data, { split, format, unlabelled, classes, signal: told.signal }),
    difficult,
  )
}

/** The split to measure a finished model on: the one validated on, else test, else none that is known. */
export async function splitToJudge({
  data,
  format,
  validate,
}: Pick<RunConfig, 'data' | 'format' | 'validate'>): Promise<string | null> {
  if (validate !== undefined) return validate
  const splits = await splitsAt(data, { format })
  return splits.includes(TEST_SPLIT) ? TEST_SPLIT : null
}

const toldOf = ({ onEvent, signal }: Told) => ({ onEvent, signal })
