/** @file The few layers that the networks are made of. Shapes: [N, C, H, W]. */
import {
  add,
  batchNorm,
  type Conv2dOptions,
  channelMoments,
  conv2d,
  multiply,
  relu,
} from '../graph/ops.ts'
import { constant, elementCount, type Tensor } from '../graph/tensor.ts'
import { filled, kaiming } from './initialise.ts'
import type { Scope, Statistic } from './scope.ts'

/**
 * How much of each batch's statistics enters the running ones. PyTorch's default; with the hundreds of
 * steps of a short run the running ones still follow the weights closely.
 */
const STATISTICS_MOMENTUM = 0.1

/** Window size and movement of a convolution layer. */
export interface ConvOptions extends Conv2dOptions {
  /** Window side, default 3. */
  readonly kernel?: number
}

/** Convolution without bias; padding keeps the size (but for the stride) unless told otherwise. */
export function convolution(
  scope: Scope,
  x: Tensor,
  channels: number,
  options: ConvOptions = {},
): Tensor {
  const { kernel = 3, groups = 1, padding = (kernel - 1) / 2 } = options
  const shape = [channels, x.shape[1]! / groups, kernel, kernel]
  const weights = scope.parameter('weight', shape, kaiming)
  return conv2d(x, weights, { ...options, padding, groups })
}

/** Batch normalisation with running statistics. */
export function normalisation(scope: Scope, x: Tensor): Tensor {
  const channels = [x.shape[1]!]
  const weight = scope.parameter('weight', channels, filled(1), { decay: false })
  const bias = scope.parameter('bias', channels, filled(0), { decay: false })
  const mean = scope.statistic('running_mean', channels, 0)
  const variance = scope.statistic('running_var', channels, 1)
  if (scope.mode === 'evaluate')
    return batchNorm(x, weight, bias, { mean: mean.tensor, variance: variance.tensor })
  const moments = channelMoments(x)
  const pixels = elementCount(x.shape) / x.shape[1]!
  follow(mean, moments.mean)
  // The batch's variance is measured around the batch's own mean, which makes it a little too small.
  follow(variance, multiply(moments.variance, constant(pixels / Math.max(1, pixels - 1))))
  return batchNorm(x, weight, bias, moments, { fromBatch: true })
}

/** running ← (1 - momentum) · running + momentum · batch. */
function follow(statistic: Statistic, batch: Tensor) {
  const kept = multiply(statistic.tensor, constant(1 - STATISTICS_MOMENTUM))
  statistic.next = add(kept, multiply(batch, constant(STATISTICS_MOMENTUM)))
}

/** Convolution, batch norm, relu. */
export function convBlock(
  scope: Scope,
  x: Tensor,
  channels: number,
  options: ConvOptions = {},
): Tensor {
  const linear = convolution(scope.within('conv'), x, channels, options)
  return relu(normalisation(scope.within('norm'), linear))
}
