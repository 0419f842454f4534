/**
 * @file The training step in two graphs, *gradients | update*, for whoever wants the gradients between: several batches
 * that make one step (here), several machines or pages that learn together.
 *
 *     gradients:  images, targets ──▶ losses, and  sum ← keep · sum + gradient        once per batch
 *     update:     sum ──▶ gradient = share · sum ──▶ weights                           once per step
 *
 * One step over n batches follows the mean of their gradients (keep 0 for the first batch, share 1 / n). Both graphs
 * share one state: the weights are there once.
 */
import type { ModelConfig } from '../config/model.ts'
import type { ProgramSource, StateSlot } from '../engine/engine.ts'
import { toOnnx } from '../graph/onnx.ts'
import { add, multiply } from '../graph/ops.ts'
import { input, type Tensor } from '../graph/tensor.ts'
import type { Scope } from '../network/scope.ts'
import { updateWeights } from './optimiser.ts'
import { buildLearning, type StepOptions } from './step.ts'

/** The name of a parameter's gradient, summed over the batches of a step. */
export const gradientOf = (name: string) => `gradient:${name}`

const nextOf = (name: string) => `next:${name}`

/** What the sums are multiplied by before a gradient is added: 0 begins anew, 1 adds. */
const keep = input('keep', [])
/** What the sums are multiplied by to be the gradient that is followed. */
const share = input('share', [])

/** A step in two programs. */
export interface SplitStep {
  /** Its state is that of a whole step, and the sums, which it only reads. To be compiled first. */
  readonly update: ProgramSource & { readonly state: readonly StateSlot[] }
  /** Its own state is the sums; the weights are those of `update`, which it shares. */
  readonly gradients: ProgramSource & { readonly state: readonly StateSlot[] }
  /** What a checkpoint holds: the state of a whole step. */
  readonly state: readonly StateSlot[]
  readonly scope: Scope
}

/**
 * The training step as two programs.
 * @param options batch: images per batch
 * @throws SingleshotError E_CONFIG when every part of the network is frozen
 */
export function buildSplitStep(config: ModelConfig, options: StepOptions): SplitStep {
  const { scope, learning, losses } = buildLearning(config, options)
  const { parameters, gradients, statistics } = learning
  const sums = parameters.map(({ name, tensor }) => ({
    name: gradientOf(name),
    tensor: input(gradientOf(name), tensor.shape),
  }))
  const measured = statistics.filter(({ next }) => next !== undefined)
  const added = Object.fromEntries([
    ...sums.map(({ name, tensor }, i) => {
      return [nextOf(name), add(multiply(tensor, keep), gradients[i]!)] as const
    }),
    ...measured.map(({ name, next }) => [nextOf(name), next!] as const),
  ])
  const update = updateWeights(
    {
      ...learning,
      gradients: sums.map(({ tensor }) => multiply(tensor, share)),
      // Measured where the images are; here only their averages follow.
      statistics: statistics.map((statistic) =>
        statistic.next === undefined ? statistic : { ...statistic, next: statistic.tensor },
      ),
    },
    options,
  )
  const slotsOf = (tensors: readonly { name: string; tensor: Tensor }[]) =>
    tensors.map(({ name, tensor }) => ({ name, next: nextOf(name), shape: tensor.shape }))
  return {
    scope,
    state: update.slots,
    gradients: {
      bytes: toOnnx({ ...losses, ...added }, options),
      state: slotsOf([...sums, ...measured]),
    },
    update: {
      bytes: toOnnx({ gradientNorm: update.gradientNorm, ...update.outputs }, options),
      state: [...update.slots, ...sums.map(({ name, tensor }) => ({ name, shape: tensor.shape }))],
    },
  }
}
