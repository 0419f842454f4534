/** @file The weights that a run begins with: those of a trained or imported model, if one is named. */
import type { ModelConfig } from '../../config/model.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { Floats } from '../../graph/tensor.ts'
import type { Rule } from '../../rule/rule.ts'
import { transferWeights } from '../../train/transfer.ts'
import type { Listener, MessageEvent } from '../events.ts'
import { readDetector } from '../model.ts'

/** What is asked of it. */
export interface WeightsRequest {
  /** A run folder or model file; undefined for fresh weights. */
  readonly weights?: string | undefined
  readonly rules?: readonly Rule[] | undefined
  readonly onEvent?: Listener<MessageEvent>
}

/**
 * Weights of the model to start from, if one was named; says what is kept.
 * @throws SingleshotError E_MODEL_MISSING, E_MODEL_FILE; E_CONFIG when the model is of another network
 */
export async function startingWeights(
  { weights: path, rules, onEvent }: WeightsRequest,
  { classes, network }: ModelConfig,
): Promise<ReadonlyMap<string, Floats> | undefined> {
  if (path === undefined) return undefined
  const model = await readDetector(path, { rules })
  if (model.config.network.name !== network.name)
    throw new SingleshotError('E_CONFIG', {
      where: 'train',
      rule: `expected --weights of the network ${network.name}, which is to be trained`,
      got: model.config.network.name,
      file: path,
    })
  const { weights, newClasses } = transferWeights(model, classes)
  const differ = newClasses ? '; its classes differ: the class head begins fresh' : ''
  onEvent?.({ type: 'message', message: `Begins with ${path}${differ}.` })
  return weights
}
