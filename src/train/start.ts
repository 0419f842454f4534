/** @file What a run checks and makes before its first step, and what it checks after each one. */
import type { Example } from '../dataset/dataset.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { createLearner, type Learner } from './learner.ts'
import type { Losses } from './losses.ts'
import type { RunOptions } from './run-options.ts'
import { checkTrainingState, firstState } from './state.ts'

/** Refuses an empty list of examples. @throws SingleshotError E_NO_IMAGES */
export function checkImages(examples: readonly Example[]): void {
  if (examples.length === 0)
    throw new SingleshotError('E_NO_IMAGES', {
      where: 'train',
      rule: 'expected at least one training image',
      got: 0,
    })
}

/** What learns, compiled, with the first state (or that of a former session) in place. */
export async function startLearner({
  engine,
  config,
  train,
  examples,
  resume,
  weights,
}: RunOptions): Promise<Learner> {
  const ignoring = examples.some(({ crowds }) => crowds !== undefined)
  const learner = await createLearner(engine, config, { ...train, ignoring }, (slots) => {
    if (resume !== undefined) checkTrainingState(resume.state, slots, resume.file)
  })
  const { scope, slots } = learner
  try {
    await learner.writeState(resume?.state ?? firstState(scope, slots, train.seed, weights))
  } catch (error) {
    await learner.close()
    throw error
  }
  return learner
}

/**
 * A loss that is no number spreads to every weight at once; stop, and say where it came from.
 * @param ids of the images that it learned from @param step before it @throws SingleshotError E_NOT_FINITE
 */
export function checkLosses(losses: Losses, ids: readonly string[], step: number): void {
  for (const [term, value] of Object.entries(losses))
    if (!Number.isFinite(value))
      throw new SingleshotError('E_NOT_FINITE', {
        where: 'train',
        rule: `expected a finite ${term} at step ${step + 1}`,
        got: value,
        object: `images ${ids.join(', ')}`,
      })
}
