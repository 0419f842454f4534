import { apply, type Operator, shapeError } from '../operator.ts'
import { constant, type Tensor } from '../tensor.ts'
import { multiply } from './multiply.ts'
import { sum } from './reduce.ts'
import { reshape } from './reshape.ts'

const operator: Operator<null> = {
  name: 'channelAffine',
  infer: ([x, factor, shift]) => {
    const channels = x!.shape[1]
    for (const { shape } of [factor!, shift!])
      if (shape.length !== 1 || shape[0] !== channels)
        throw shapeError('channelAffine', `expected one number a channel [${channels}]`, shape)
    return { shape: x!.shape, dtype: 'float32' }
  },
  lower: (lowering, [x, factor, shift], { inputs }) => {
    // Normalisation with mean 0 and variance 1 does exactly this, in one pass over the data.
    const channels = inputs[1]!.shape
    const zeros = lowering.floats(new Float32Array(channels[0]!), channels)
    const ones = lowering.floats(new Float32Array(channels[0]!).fill(1), channels)
    return lowering.emit('BatchNormalization', [x!, factor!, shift!, zeros, ones], {
      epsilon: { float: 0 },
    })
  },
  gradient: ({ inputs: [x, factor] }, dy) => [
    channelAffine(dy, factor!, constant(new Float32Array(factor!.shape[0]!), factor!.shape)),
    channelSum(multiply(dy, x!)),
    channelSum(dy),
  ],
}

/** Each channel c of x [N, C, H, W] times factor[c], plus shift[c]. */
export function channelAffine(x: Tensor, factor: Tensor, shift: Tensor): Tensor {
  return apply(operator, [x, factor, shift], null)
}

/** Pixels from which one long sum loses digits: on flat pictures every addition rounds the same way. */
const LONG_SUM = 4096

/**
 * The sum of each channel over images and pixels: [N, C, H, W] gives [C]. Large maps are summed row by row: 25,600
 * numbers in one row cost two digits, and gradients through a batch norm, which nearly cancel, cannot spare them.
 */
export function channelSum(x: Tensor): Tensor {
  const [, channels, height, width] = x.shape as [number, number, number, number]
  const long = height * width >= LONG_SUM
  return reshape(long ? sum(sum(sum(x, [3]), [2]), [0]) : sum(x, [0, 2, 3]), [channels])
}
