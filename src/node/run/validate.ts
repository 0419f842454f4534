/** @file Measuring a network that is being trained. */
import type { ModelConfig } from '../../config/model.ts'
import { compileForDetection } from '../../detect/network.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Floats } from '../../graph/tensor.ts'
import type { Best } from '../../train/record.ts'
import type { Data } from '../data/data.ts'
import { evaluateOn } from '../evaluate.ts'

/** Scores on the validation split; null without one. */
export type Scores = Omit<Best, 'step'>

/** Without a validation split, or when it is not time. */
export const NO_SCORES: Scores = { mAP50: null, AP: null }

/** What to measure on, and with what. */
export interface ValidateOptions {
  readonly engine: Engine
  readonly model: ModelConfig
  readonly validation: Data | null
  /** Ends the measuring with its reason. */
  readonly signal?: AbortSignal | undefined
}

/** Scores of weights on the validation split; none without one. @throws the signal's reason */
export async function validate(
  { engine, model, validation, signal }: ValidateOptions,
  weights: ReadonlyMap<string, Floats>,
): Promise<Scores> {
  if (validation === null) return NO_SCORES
  signal?.throwIfAborted()
  const network = await compileForDetection(engine, model, weights)
  try {
    const { measures } = await evaluateOn(network, validation, { signal })
    const value = (name: string) => measures.find((measure) => measure.name === name)?.value ?? null
    return { mAP50: value('mAP50'), AP: value('AP[.50:.95]') }
  } finally {
    await network.program.close()
  }
}
