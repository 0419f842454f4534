/**
 * @file The optimiser: from "how the loss changes with each weight" to new weights, inside the graph. How long
 * a step is depends on its kind (src/optimiser/); what every kind does is here.
 *
 * Gradients of all weights together are clipped to a maximum norm, so that one odd picture cannot throw the
 * weights about:
 *
 *     g ← gradient · min(1, clip / |gradient|)
 *
 * Beside the weights runs their **average** over the last steps (Polyak): the ball rattles about the bottom
 * of the valley, its average lies still. The average is what detects.
 *
 *     a ← a + (1 - averageDecay) · (w - a)
 */

import { rateOf } from '../config/train.ts'
import { TRAIN_DEFAULTS } from '../config/train-defaults.ts'
import type { StateSlot } from '../engine/engine.ts'
import {
  add,
  divide,
  matmul,
  maximum,
  minimum,
  multiply,
  reshape,
  squareRoot,
  subtract,
} from '../graph/ops.ts'
import { constant, elementCount, input, type Tensor } from '../graph/tensor.ts'
import type { Parameter, Statistic } from '../network/scope.ts'
import type { Slope } from '../optimiser/optimiser.ts'
import { type OptimiserName, optimiserOf } from '../optimiser/optimisers.ts'

/** Fixed for a whole run. */
export interface OptimiserConfig {
  /** How a slope becomes a step; default sgd. */
  readonly optimiser?: OptimiserName
  /** How slowly former slopes are forgotten, 0..1. */
  readonly momentum: number
  /** How slowly the squares of former slopes are forgotten, 0..1; adamw only, default .999. */
  readonly squareMemory?: number
  readonly weightDecay: number
  /** Whether biases and norms are pulled towards 0 too, as in PyTorch; default false, as in Caffe. */
  readonly decayBiases?: boolean
  /** Longest gradient (over all weights together) that is followed as it is. */
  readonly clipNorm: number
  /** What the learning rate is multiplied by, by the beginning of the weights' names; 0 freezes. Default 1. */
  readonly rates?: Readonly<Record<string, number>>
}

/** The name of a parameter's running average in the program's state. */
export const averageOf = (name: string) => `average:${name}`
const MEMORY_DEFAULTS = {
  optimiser: TRAIN_DEFAULTS.optimiser,
  squareMemory: TRAIN_DEFAULTS.squareMemory,
}
const nextOf = (name: string) => `next:${name}`

/** What one step makes of the weights. */
export interface Update {
  /** New state, by output name. */
  readonly outputs: Readonly<Record<string, Tensor>>
  readonly slots: readonly StateSlot[]
  /** Length of the gradient over all weights, before clipping; a scalar. */
  readonly gradientNorm: Tensor
}

/** Fed at each step, scalars: they change from step to step. */
const learningRate = input('learningRate', [])
const averageDecay = input('averageDecay', [])

/** What a step may change, and what it must leave alone. */
export interface Learning {
  /** The weights that learn. */
  readonly parameters: readonly Parameter[]
  /** How the loss changes with each, in the same order. */
  readonly gradients: readonly Tensor[]
  /** Measured tensors; those without a next value stay. */
  readonly statistics: readonly Statistic[]
  /** Tensors that are read and handed on as they are. */
  readonly frozen: readonly { readonly name: string; readonly tensor: Tensor }[]
}

/** Σ g², as the product of g lying and g standing: one pass, where squares and their sum would be two. */
function squaredLength(gradient: Tensor): Tensor {
  const length = elementCount(gradient.shape)
  return reshape(matmul(reshape(gradient, [1, length]), reshape(gradient, [length, 1])), [])
}

/** The graph of one step. */
export function updateWeights(learning: Learning, config: OptimiserConfig): Update {
  const { parameters, gradients, statistics, frozen } = learning
  const gradientNorm = squareRoot(gradients.map(squaredLength).reduce(add))
  const shrink = minimum(
    divide(constant(config.clipNorm), maximum(gradientNorm, constant(1e-6))),
    constant(1),
  )
  const outputs: Record<string, Tensor> = {}
  const slots: StateSlot[] = []
  const replace = (name: string, next: Tensor) => {
    outputs[nextOf(name)] = next
    slots.push({ name, next: nextOf(name), shape: next.shape })
  }
  const averaged = (name: string, next: Tensor) => {
    const average = input(averageOf(name), next.shape)
    const step = multiply(subtract(next, average), subtract(constant(1), averageDecay))
    replace(name, next)
    replace(averageOf(name), add(average, step))
  }
  const { optimiser, momentum, squareMemory } = { ...MEMORY_DEFAULTS, ...config }
  const rule = optimiserOf(optimiser).rule({ momentum, squareMemory }, replace)
  parameters.forEach(({ name, tensor, decay }, i) => {
    const pulled = decay || config.decayBiases === true
    const slope: Slope = {
      name,
      weight: tensor,
      gradient: multiply(gradients[i]!, shrink),
      decay: pulled ? config.weightDecay : 0,
      rate: multiply(learningRate, constant(rateOf(name, config.rates ?? {}))),
    }
    averaged(name, rule(slope))
  })
  for (const { name, next } of statistics) if (next !== undefined) averaged(name, next)
  for (const { name, tensor } of frozen) replace(name, tensor)
  return { outputs, slots, gradientNorm }
}
