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
import { maximum } from './maximum.ts'
import { multiply } from './multiply.ts'
import { negate } from './negate.ts'
import { mean } from './reduce.ts'
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

/** Mean and (biased) variance of each channel over images and pixels, each [C]. */
export function channelMoments(x: Tensor): { mean: Tensor; variance: Tensor } {
  const channels = [x.shape[1]!]
  const average = reshape(mean(x, [0, 2, 3]), channels)
  const averageSquare = reshape(mean(multiply(x, x), [0, 2, 3]), channels)
  // E[x²] - E[x]² needs one pass; rounding can push it just below 0, which a square root must not see.
  const variance = maximum(subtract(averageSquare, multiply(average, average)), constant(0))
  return { mean: stopGradient(average), variance: stopGradient(variance) }
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
    const dx = attributes.fromBatch
      ? throughStatistics(x, dy, { average, inverse, factor, dShift, dScale })
      : channelAffine(dy, factor, constant(new Float32Array(scale.shape[0]!), scale.shape))
    return [dx, dScale, dShift, null, null]
  },
}

interface BackwardTerms {
  readonly average: Tensor
  readonly inverse: Tensor
  readonly factor: Tensor
  readonly dShift: Tensor
  readonly dScale: Tensor
}

/**
 * dx = factor · (dy - dShift / P - x̂ · dScale / P) with P pixels a channel and x̂ the normalised x: what
 * the mean and the variance would undo is taken out. Written as a·dy + b·x + c, numbers a channel.
 */
function throughStatistics(x: Tensor, dy: Tensor, terms: BackwardTerms): Tensor {
  const { average, inverse, factor, dShift, dScale } = terms
  const pixels = constant(elementCount(x.shape) / x.shape[1]!)
  const b = negate(divide(multiply(multiply(factor, inverse), dScale), pixels))
  const c = negate(add(divide(multiply(factor, dShift), pixels), multiply(b, average)))
  const none = constant(new Float32Array(x.shape[1]!), [x.shape[1]!])
  return add(channelAffine(dy, factor, c), channelAffine(x, b, none))
}

/**
 * Normalises x with the given statistics.
 * @param fromBatch true when mean and variance are {@link channelMoments} of this very x
 */
export function batchNorm(
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  statistics: { readonly mean: Tensor; readonly variance: Tensor },
  {
    epsilon = BATCH_NORM_EPSILON,
    fromBatch = false,
  }: { epsilon?: number; fromBatch?: boolean } = {},
): Tensor {
  return apply(operator, [x, scale, shift, statistics.mean, statistics.variance], {
    epsilon,
    fromBatch,
  })
}
