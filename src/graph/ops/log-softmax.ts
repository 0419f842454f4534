import { apply, type Operator } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { exponential } from './exponential.ts'
import { multiply } from './multiply.ts'
import { sum } from './reduce.ts'
import { subtract } from './subtract.ts'

const operator: Operator<{ axis: number }> = {
  name: 'logSoftmax',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'float32' }),
  lower: (lowering, names, { attributes: { axis } }) => {
    if (lowering.target === 'cpu') return lowering.emit('LogSoftmax', names, { axis })
    // The WebGPU device has no LogSoftmax; it has a numerically safe log-sum-exp.
    const axes = lowering.integers([axis])
    const largest = lowering.emit('ReduceMax', [names[0]!, axes], { keepdims: 1 })
    const shifted = lowering.emit('Sub', [names[0]!, largest])
    const normaliser = lowering.emit('ReduceLogSumExp', [shifted, axes], { keepdims: 1 })
    return lowering.emit('Sub', [shifted, normaliser])
  },
  gradient: ({ output, attributes: { axis } }, dy) => [
    subtract(dy, multiply(exponential(output), sum(dy, [axis]))),
  ],
}

/** log(e^x / sum e^x) along one axis: log-probabilities from logits. d = dy - softmax · sum dy. */
export function logSoftmax(x: Tensor, axis: number): Tensor {
  return apply(operator, [x], { axis })
}
