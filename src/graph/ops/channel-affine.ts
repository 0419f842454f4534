import { apply, type Operator, shapeError } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { multiply } from './multiply.ts'
import { sum } from './reduce.ts'
import { reshape } from './reshape.ts'

const operator: Operator<null> = {
  name: 'channelAffine',
  infer: ([x, ...numbers]) => {
    const channels = x!.shape[1]
    for (const { shape } of numbers)
      if (shape.length !== 1 || shape[0] !== channels)
        throw shapeError('channelAffine', `expected one number a channel [${channels}]`, shape)
    return { shape: x!.shape, dtype: 'float32' }
  },
  // Two broadcasts on all threads; ONNX Runtime's BatchNormalization does the same on one (docs/log.md).
  lower: (lowering, [x, factor, shift], { inputs }) => {
    const eachChannel = [1, inputs[1]!.shape[0]!, 1, 1]
    const scaled = lowering.emit('Mul', [x!, lowering.reshape(factor!, eachChannel)])
    if (shift === undefined) return scaled
    return lowering.emit('Add', [scaled, lowering.reshape(shift, eachChannel)])
  },
  gradient: ({ inputs: [x, factor, shift] }, dy) => [
    channelAffine(dy, factor!),
    channelSum(multiply(dy, x!)),
    ...(shift === undefined ? [] : [channelSum(dy)]),
  ],
}

/** Each channel c of x [N, C, H, W] times factor[c], plus shift[c] if there is one. */
export function channelAffine(x: Tensor, factor: Tensor, shift?: Tensor): Tensor {
  return apply(operator, shift === undefined ? [x, factor] : [x, factor, shift], null)
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
