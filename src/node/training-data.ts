/** @file The labelled pictures that a run trains on and measures on. */
import { resolve } from 'node:path'
import { SingleshotError } from '../error/singleshot-error.ts'
import { type Data, openData } from './data.ts'
import type { RunConfig } from './run-config.ts'
import { findVocLayout } from './voc-layout.ts'

/** Which data to open. */
export interface DataRequest {
  readonly data: string
  readonly split?: string | undefined
  readonly onProblem?: ((problem: SingleshotError) => void) | undefined
}

/** The split that was asked for, or the largest usual one that there is. @throws as openData */
export async function openTrainingSplit({
  data,
  split: asked,
  onProblem,
}: DataRequest): Promise<{ split: string | undefined; opened: Data }> {
  const wanted = asked === undefined ? ['trainval', 'train', undefined] : [asked]
  for (const split of wanted)
    try {
      return { split, opened: await openData(data, optionsOf({ split, onProblem })) }
    } catch (error) {
      const missing = error instanceof SingleshotError && error.code === 'E_SPLIT_MISSING'
      if (!missing || split === wanted.at(-1)) throw error
    }
  throw new SingleshotError('E_INTERNAL', { where: 'train', rule: 'expected a split to open' })
}

/** The split to measure on during training; null without one. @throws as openData */
export async function openValidation(
  { data, validate, model }: Pick<RunConfig, 'data' | 'validate' | 'model'>,
  onProblem: DataRequest['onProblem'],
): Promise<Data | null> {
  if (validate === undefined) return null
  const { classes } = model
  return openData(data, { ...optionsOf({ split: validate, onProblem }), classes })
}

/**
 * The training pictures of a run that goes on. They may have moved, and pictures may have come and gone; the classes
 * must be known to the model.
 * @throws SingleshotError E_RUN naming the classes that are new; as openData
 */
export async function reopenTrainingSplit(
  { data, split, model }: Pick<RunConfig, 'data' | 'split' | 'model'>,
  onProblem: DataRequest['onProblem'],
): Promise<Data> {
  const { classes } = model
  const options = optionsOf({ split, onProblem })
  // Opened with its own class list: with the model's, a new class would be an error in some annotation.
  const opened = await openData(data, options)
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
  return openData(data, { ...optionsOf({ split }), classes })
}

/** The split to measure a finished model on: the one validated on, else test, else none that is known. */
export async function splitToJudge({
  data,
  validate,
}: Pick<RunConfig, 'data' | 'validate'>): Promise<string | null> {
  if (validate !== undefined) return validate
  const layout = await findVocLayout(data, 0).catch(() => null)
  return (layout?.splits.get('test')?.length ?? 0) > 0 ? 'test' : null
}

const optionsOf = ({ split, onProblem }: Omit<DataRequest, 'data'>) => ({
  ...(split !== undefined && { split }),
  ...(onProblem !== undefined && { onProblem }),
})
