/** @file The weights that detect as a state dict, for PyTorch: named and shaped as the network has them. */
import { input } from '../graph/tensor.ts'
import { Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import type { Model } from '../weights/model-file.ts'
import { writeStateDict } from '../weights/pytorch/state-dict.ts'
import { weightsFor } from './weights.ts'

/**
 * The bytes of a safetensors file. Steps that the model's notes tell are what its batch norms have counted.
 * @throws SingleshotError E_MODEL_FILE when a weight is missing or of the wrong size
 */
export function exportStateDict({ config, weights, notes }: Model): Uint8Array {
  const scope = new Scope('evaluate')
  const { width, height } = config.input
  ssd(scope, input('images', [1, 3, height, width]), config)
  const batches = Number.isSafeInteger(notes.step) ? (notes.step as number) : 0
  return writeStateDict(weightsFor(scope, weights), { batches })
}
