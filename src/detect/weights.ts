/** @file The weights that a network detects with, picked out of a model and checked. */
import { SingleshotError } from '../error/singleshot-error.ts'
import { elementCount, type Floats } from '../graph/tensor.ts'
import type { Scope } from '../network/scope.ts'
import type { StoredTensor } from '../weights/safetensors.ts'

/**
 * Every parameter and statistic of a network, with its shape.
 * @param scope in which the network was built
 * @param weights by name; more than the network needs (an optimiser's state) is ignored
 * @throws SingleshotError E_MODEL_FILE when a weight is missing or of the wrong size
 */
export function weightsFor(
  scope: Scope,
  weights: ReadonlyMap<string, Floats>,
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
      })
    picked.set(name, { shape, data })
  }
  return picked
}

/** Their numbers alone, by name: what becomes constant in a graph. */
export function numbersOf(weights: ReadonlyMap<string, StoredTensor>): Map<string, Floats> {
  return new Map([...weights].map(([name, { data }]) => [name, data]))
}
