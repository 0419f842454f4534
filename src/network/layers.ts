/** @file The few layers that the networks are made of. Shapes: [N, C, H, W]. */
import {
  add,
  BATCH_NORM_EPSILON,
  batchNorm,
  batchNormOfBatch,
  type Conv2dOptions,
  channelMoments,
  conv2d,
  hardSwish,
  multiply,
  relu,
  relu6,
} from '../graph/ops.ts'
import { constant, elementCount, type Tensor } from '../graph/tensor.ts'
import { filled, kaiming } from './initialise.ts'
import type { Scope, Statistic } from './scope.ts'

/** Numbers of a batch norm. */
export interface NormOptions {
  /** Keeps the division finite, default PyTorch's 1e-5. */
  readonly epsilon?: number
  /**
   * How much of each batch's statistics enters the running ones. Default PyTorch's 0.1; with the hundreds of
   * steps of a short run the running ones still follow the weights closely.
   */
  readonly momentum?: number
}

/** Window size and movement of a convolution layer. */
export interface ConvOptions extends Omit<Conv2dOptions, 'bias'> {
  /** Window side, default 3. */
  readonly kernel?: number
  /** Whether a learned number is added to each output channel, default false (a norm follows). */
  readonly biased?: boolean
}

/** What follows a layer's sum. */
export type Activation = 'relu' | 'relu6' | 'hardSwish' | 'none'

const ACTIVATIONS: Readonly<Record<Activation, (x: Tensor) => Tensor>> = {
  relu,
  relu6,
  hardSwish,
  none: (x) => x,
}

/** Convolution; padding keeps the size (but for the stride) unless told otherwise. */
export function convolution(
  scope: Scope,
  x: Tensor,
  channels: number,
  options: ConvOptions = {},
): Tensor {
  const { kernel = 3, groups = 1, dilation = 1, biased = false, ...rest } = options
  const keepsSize = (typeof dilation === 'number' ? dilation : 1) * ((kernel - 1) / 2)
  const shape = [channels, x.shape[1]! / groups, kernel, kernel]
  const weights = scope.parameter('weight', shape, kaiming)
  const bias = biased
    ? { bias: scope.parameter('bias', [channels], filled(0), { decay: false }) }
    : {}
  return conv2d(x, weights, { padding: keepsSize, ...rest, groups, dilation, ...bias })
}

/** Batch normalisation with running statistics. */
export function normalisation(
  scope: Scope,
  x: Tensor,
  { epsilon = BATCH_NORM_EPSILON, momentum = 0.1 }: NormOptions = {},
): Tensor {
  const channels = [x.shape[1]!]
  const weight = scope.parameter('weight', channels, filled(1), { decay: false })
  const bias = scope.parameter('bias', channels, filled(0), { decay: false })
  const mean = scope.statistic('running_mean', channels, 0)
  const variance = scope.statistic('running_var', channels, 1)
  if (scope.mode === 'evaluate') {
    const running = { mean: mean.tensor, variance: variance.tensor }
    return batchNorm(x, weight, bias, running, { epsilon })
  }
  const moments = channelMoments(x)
  const pixels = elementCount(x.shape) / x.shape[1]!
  follow(mean, moments.mean, momentum)
  // The batch's variance is measured around the batch's own mean, which makes it a little too small.
  const unbiased = multiply(moments.variance, constant(pixels / Math.max(1, pixels - 1)))
  follow(variance, unbiased, momentum)
  return batchNormOfBatch(moments, weight, bias, { epsilon })
}

/** running ← (1 - momentum) · running + momentum · batch. */
function follow(statistic: Statistic, batch: Tensor, momentum: number) {
  const kept = multiply(statistic.tensor, constant(1 - momentum))
  statistic.next = add(kept, multiply(batch, constant(momentum)))
}

/** A convolution with what usually follows it. */
export interface BlockOptions extends ConvOptions {
  /** Default 'relu'. */
  readonly activation?: Activation
  readonly norm?: NormOptions
  /** Names of the convolution and the norm, default `conv` and `norm`. */
  readonly names?: readonly [string, string]
}

/** Convolution, batch norm, activation. */
export function convBlock(
  scope: Scope,
  x: Tensor,
  channels: number,
  { activation = 'relu', norm = {}, names = ['conv', 'norm'], ...options }: BlockOptions = {},
): Tensor {
  const linear = convolution(scope.within(names[0]), x, channels, options)
  return ACTIVATIONS[activation](normalisation(scope.within(names[1]), linear, norm))
}
