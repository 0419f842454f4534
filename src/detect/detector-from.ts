/** @file A model file's bytes as a detector: the weights that detect, checked against the network they are for. */
import { averagedWeights } from '../train/state.ts'
import { type Model, type ReadModelOptions, readModel } from '../weights/model-file.ts'
import { checkWeights } from './weights.ts'

/**
 * Reads a model with the weights that detect. A checkpoint also holds the weights' average, which detects better than
 * the weights themselves.
 * @param bytes of a model file @param file its name, for messages
 * @throws SingleshotError E_MODEL_FILE, also when the weights are not those of the network
 */
export function detectorFrom(
  bytes: Uint8Array,
  file: string,
  options: ReadModelOptions = {},
): Model {
  const stored = readModel(bytes, file, options)
  const model = { ...stored, weights: averagedWeights(stored.weights) }
  checkWeights(model, file)
  return model
}
