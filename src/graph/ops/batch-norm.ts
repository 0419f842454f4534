/**
 * @file Batch normalisation: give every channel mean 0 and variance 1 over the batch, then let the network
 * choose its own scale and shift. (Ioffe and Szegedy 2015, algorithm 1.)
 *
 *     y = scale · (x - mean) / sqrt(variance + ε) + shift        for each channel
 *
 * Shapes: x [N, C, H, W]; scale, shift, mean, variance [C].
 *
 * Three uses: in training, mean and variance come from the batch itself, and the gradient accounts for
 * every pixel having moved them; frozen or in evaluation they are fixed numbers.
 */
import type { Lowering } from '../lowering.ts'
import { apply, type Operator } from '../operator.ts'
import { constant, elementCount, type Tensor } from '../tensor.ts'
import { add } from './add.ts'
import { channelAffine, channelSum } from './channel-affine.ts'
import { divide } from './divide.ts'
import { multiply } from './multiply.ts'
import { negate } from './negate.ts'
import { reshape } from './reshape.ts'
import { squareRoot } from './square-root.ts'
import { stopGradient } from './stop-gradient.ts'
import { subtract } from './subtract.ts'

/** Keeps the division finite for a channel that is the same everywhere; PyTorch's default. */
export const BATCH_NORM_EPSILON = 1e-5

interface Attributes {
  readonly epsilon: number
  /** Whether mean and variance were made from x itself (training) or are fixed numbers. */
  readonly fromBatch: boolean
}

/** x without its mean, and the mean and (biased) variance of each channel over images and pixels. */
export interface Moments {
  /** [N, C, H, W] */
  readonly centred: Tensor
  /** [C] */
  readonly mean: Tensor
  /** [C] */
  readonly variance: Tensor
}

/**
 * The batch's own statistics. The mean is taken away before squaring: E[x²] - E[x]² would lose all digits
 * where a channel varies little about a large mean, as the first layers' do on smooth pictures.
 */
export function channelMoments(x: Tensor): Moments {
  const average = stopGradient(channelMean(x))
  const centred = subtract(x, reshape(average, [1, x.shape[1]!, 1, 1])) // what moves with it: see batchNorm's rule
  const variance = channelMean(multiply(centred, centred))
  return { centred, mean: average, variance: stopGradient(variance) }
}

/** The mean of each channel over images and pixels, [C]. */
function channelMean(x: Tensor): Tensor {
  return divide(channelSum(x), constant(elementCount(x.shape) / x.shape[1]!))
}

const operator: Operator<Attributes> = {
  name: 'batchNorm',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'float32' }),
  lower: (lowering, names, { inputs, attributes: { epsilon, fromBatch } }) =>
    fromBatch
      ? lowerOfBatch(lowering, names, inputs[1]!.shape[0]!, epsilon)
      : lowering.emit('BatchNormalization', names, { epsilon: { float: epsilon } }),
  gradient: ({ inputs, attributes }, dy) => {
    const [x, scale, , average, variance] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor]
    const inverse = divide(constant(1), squareRoot(add(variance, constant(attributes.epsilon)))) // [C]
    const dShift = channelSum(dy)
    const product = channelSum(multiply(dy, x))
    // A batch that is centred already has mean 0: nothing is taken off.
    const centredSum = attributes.fromBatch ? product : subtract(product, multiply(average, dShift))
    const dScale = multiply(centredSum, inverse)
    const factor = multiply(scale, inverse)
    const dx = attributes.fromBatch
      ? throughStatistics(x, dy, { inverse, factor, dShift, dScale })
      : channelAffine(dy, factor)
    return [dx, dScale, dShift, null, null]
  },
}

/** Of a centred batch: two broadcasts on all threads, where BatchNormalization has one (docs/log.md). */
function lowerOfBatch(
  lowering: Lowering,
  [centred, scale, shift, , variance]: readonly string[],
  channels: number,
  epsilon: number,
): string {
  const safe = lowering.emit('Add', [variance!, lowering.scalar(epsilon)])
  const factor = lowering.emit('Div', [scale!, lowering.emit('Sqrt', [safe])])
  const eachChannel = [1, channels, 1, 1]
  const scaled = lowering.emit('Mul', [centred!, lowering.reshape(factor, eachChannel)])
  return lowering.emit('Add', [scaled, lowering.reshape(shift!, eachChannel)])
}

interface BackwardTerms {
  readonly inverse: Tensor
  readonly factor: Tensor
  readonly dShift: Tensor
  readonly dScale: Tensor
}

/**
 * dx = factor · (dy - dShift / P - x̂ · dScale / P) with P pixels a channel and x̂ the normalised x: what
 * the mean and the variance would undo is taken out. Written as a·dy + c + b·x, numbers a channel.
 */
function throughStatistics(centred: Tensor, dy: Tensor, terms: BackwardTerms): Tensor {
  const { inverse, factor, dShift, dScale } = terms
  const pixels = constant(elementCount(centred.shape) / centred.shape[1]!)
  const b = negate(divide(multiply(multiply(factor, inverse), dScale), pixels))
  const c = negate(divide(multiply(factor, dShift), pixels))
  return add(channelAffine(dy, factor, c), channelAffine(centred, b))
}

/** How {@link batchNorm} divides. */
export interface BatchNormOptions {
  /** Default {@link BATCH_NORM_EPSILON}. */
  readonly epsilon?: number
}

/** Normalises x with fixed statistics, each [C]. */
export function batchNorm(
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  statistics: { readonly mean: Tensor; readonly variance: Tensor },
  { epsilon = BATCH_NORM_EPSILON }: BatchNormOptions = {},
): Tensor {
  const inputs = [x, scale, shift, statistics.mean, statistics.variance]
  return apply(operator, inputs, { epsilon, fromBatch: false })
}

/** Normalises what {@link channelMoments} has centred, with its own variance. */
export function batchNormOfBatch(
  { centred, variance }: Moments,
  scale: Tensor,
  shift: Tensor,
  { epsilon = BATCH_NORM_EPSILON }: BatchNormOptions = {},
): Tensor {
  const mean = constant(new Float32Array(scale.shape[0]!), scale.shape)
  return apply(operator, [centred, scale, shift, mean, variance], { epsilon, fromBatch: true })
}
