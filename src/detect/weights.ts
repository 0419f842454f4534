/** @file The weights that a network detects with, picked out of a model and checked. */
import { SingleshotError } from '../error/singleshot-error.ts'
import { elementCount, type Floats, input } from '../graph/tensor.ts'
import { Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import type { Model } from '../weights/model-file.ts'
import type { StoredTensor } from '../weights/safetensors/safetensors.ts'

/**
 * Every parameter and statistic of a network, with its shape.
 * @param scope in which the network was built
 * @param weights by name; more than the network needs (an optimiser's state) is ignored
 * @param file that they are from, for messages
 * @throws SingleshotError E_MODEL_FILE when a weight is missing or of the wrong size
 */
export function weightsFor(
  scope: Scope,
  weights: ReadonlyMap<string, Floats>,
  file?: string,
): Map<string, StoredTensor> {
  const picked = new Map<string, StoredTensor>()
  for (const { name, tensor } of [...scope.parameters, ...scope.statistics]) {
    const { shape } = tensor
    const data = weights.get(name)
    if (data?.length !== elementCount(shape))
      throw new SingleshotError('E_MODEL_FILE', {
        where: 'weightsFor',
        rule: `expected ${elementCount(shape)} numbers for ${name} [${shape}]`,
        got: data?.length ?? 'none',
        ...(file !== undefined && { file }),
      })
    picked.set(name, { shape, data })
  }
  return picked
}

/**
 * Checks that a model has the weights of the network it describes; nothing is computed.
 * @throws SingleshotError E_MODEL_FILE naming the file and the first weight that is missing or of the wrong size
 */
export function checkWeights({ config, weights }: Model, file: string): void {
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, config.input.height, config.input.width]), config)
  weightsFor(scope, weights, file)
}

/** Their numbers alone, by name: what becomes constant in a graph. */
export function numbersOf(weights: ReadonlyMap<string, StoredTensor>): Map<string, Floats> {
  return new Map([...weights].map(([name, { data }]) => [name, data]))
}
