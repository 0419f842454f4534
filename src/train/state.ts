/** @file The state of a run between steps: weights, velocity, averaged weights; and its way into a checkpoint. */
import type { StateSlot } from '../engine/engine.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { elementCount, type Floats, type Shape } from '../graph/tensor.ts'
import { initialWeights, type Scope } from '../network/scope.ts'
import { averageOf } from './optimiser.ts'

/** Everything a step reads and replaces, by name. */
export type TrainingState = Map<string, Floats>

/**
 * The state before the first step: fresh weights (or given ones), their average equal to them, no velocity.
 * @param given weights to start from instead of fresh ones, by name; those of another size are passed over
 */
export function firstState(
  scope: Scope,
  slots: readonly StateSlot[],
  seed: number,
  given: ReadonlyMap<string, Floats> = new Map(),
): TrainingState {
  const weights = initialWeights(scope, seed)
  for (const [name, fresh] of weights)
    if (given.get(name)?.length === fresh.length) weights.set(name, given.get(name)!.slice())
  const averages = new Map([...weights].map(([name, value]) => [averageOf(name), value.slice()]))
  const state: TrainingState = new Map()
  for (const { name, shape } of slots)
    state.set(
      name,
      weights.get(name) ?? averages.get(name) ?? new Float32Array(elementCount(shape)),
    )
  return state
}

/**
 * Refuses a state that is of another network, or of another optimiser.
 * @param file what the state was read from, for messages
 * @throws SingleshotError E_RUN naming the first tensor that is missing, too many or of another size
 */
export function checkTrainingState(
  state: ReadonlyMap<string, Floats>,
  slots: readonly StateSlot[],
  file: string,
): void {
  const lengths = new Map(slots.map(({ name, shape }) => [name, elementCount(shape)]))
  for (const name of new Set([...lengths.keys(), ...state.keys()])) {
    const [wanted = 0, got = 0] = [lengths.get(name), state.get(name)?.length]
    if (wanted === got) continue
    throw new SingleshotError('E_RUN', {
      where: 'train',
      rule: `expected a checkpoint of the network and the optimiser that config.json describes, with ${wanted} numbers for ${name}`,
      got,
      file,
    })
  }
}

/** What detects, under the weights' own names: their averages, and frozen weights as they are. */
export function averagedWeights(state: ReadonlyMap<string, Floats>): Map<string, Floats> {
  const weights = [...state].filter(([name]) => !name.includes(':'))
  return new Map(weights.map(([name, value]) => [name, state.get(averageOf(name)) ?? value]))
}

/** Shapes by name, for writing; an average has the shape of what it averages. */
export function shapesOf(slots: readonly StateSlot[]): Map<string, Shape> {
  return new Map(slots.map(({ name, shape }) => [name, shape]))
}
