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
import { apply, type Operator } from '../operator.ts'
import { constant, elementCount, type Tensor } from '../tensor.ts'
import { add } from './add.ts'
import { channelAffine, channelSum } from './channel-affine.ts'
import { divide } from './divide.ts'
import { multiply } from './multiply.ts'
import { negate } from './negate.ts'
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

/** A channel's mean taken away. What moves with the mean is accounted for by {@link batchNorm}'s own rule. */
const centreOperator: Operator<null> = {
  name: 'centre',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'float32' }),
  lower: (lowering, [x, average], { inputs }) => {
    const shape = inputs[1]!.shape
    const ones = lowering.floats(new Float32Array(shape[0]!).fill(1), shape)
    const zeros = lowering.floats(new Float32Array(shape[0]!), shape)
    return lowering.emit('BatchNormalization', [x!, ones, zeros, average!, ones], {
      epsilon: { float: 0 },
    })
  },
  gradient: (_, dy) => [dy, null],
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
  const centred = apply(centreOperator, [x, average], null)
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
  lower: (lowering, names, { attributes: { epsilon } }) =>
    lowering.emit('BatchNormalization', names, { epsilon: { float: epsilon } }),
  gradient: ({ inputs, attributes }, dy) => {
    const [x, scale, , average, variance] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor]
    const inverse = divide(constant(1), squareRoot(add(variance, constant(attributes.epsilon)))) // [C]
    const dShift = channelSum(dy)
    const centredSum = subtract(channelSum(multiply(dy, x)), multiply(average, dShift))
    const dScale = multiply(centredSum, inverse)
    const factor = multiply(scale, inverse)
    const none = constant(new Float32Array(scale.shape[0]!), scale.shape)
    const dx = attributes.fromBatch
      ? throughStatistics(x, dy, { inverse, factor, dShift, dScale })
      : channelAffine(dy, factor, none)
    return [dx, dScale, dShift, null, null]
  },
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
  const none = constant(new Float32Array(centred.shape[1]!), [centred.shape[1]!])
  return add(channelAffine(dy, factor, c), channelAffine(centred, b, none))
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
