/** @file What a run checks and makes before its first step, and what it checks after each one. */
import type { Example } from '../dataset/dataset.ts'
import type { Program, StateSlot } from '../engine/engine.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Batch } from './batches.ts'
import type { Losses } from './losses.ts'
import type { RunOptions } from './run.ts'
import { checkState, firstState } from './state.ts'
import { buildStep } from './step.ts'

/** Refuses an empty list of examples. @throws SingleshotError E_NO_IMAGES */
export function checkImages(examples: readonly Example[]): void {
  if (examples.length === 0)
    throw new SingleshotError('E_NO_IMAGES', {
      where: 'train',
      rule: 'expected at least one training image',
      got: 0,
    })
}

/** The training step, compiled, with the first state (or that of a former session) in place. */
export async function compileStep({
  engine,
  config,
  train,
  resume,
  weights,
}: RunOptions): Promise<{ program: Program; slots: readonly StateSlot[] }> {
  const { target, channelBlock } = await engine.capabilities()
  const source = buildStep(config, {
    ...train,
    target,
    channelBlock: await channelBlock(),
  })
  if (resume !== undefined) checkState(resume.state, source.state, resume.file)
  const program = await engine.compile(source)
  try {
    await program.writeState(
      resume?.state ?? firstState(source.scope, source.state, train.seed, weights),
    )
  } catch (error) {
    await program.close()
    throw error
  }
  return { program, slots: source.state }
}

/**
 * A loss that is no number spreads to every weight at once; stop, and say where it came from.
 * @param step before it @throws SingleshotError E_NOT_FINITE
 */
export function checkFinite(losses: Losses, batch: Batch, step: number): void {
  for (const [term, value] of Object.entries(losses))
    if (!Number.isFinite(value))
      throw new SingleshotError('E_NOT_FINITE', {
        where: 'train',
        rule: `expected a finite ${term} at step ${step + 1}`,
        got: value,
        object: `images ${batch.ids.join(', ')}`,
      })
}
