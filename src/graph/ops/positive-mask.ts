/**
 * @file 1 where a number is above 0, else 0, as a float: what a gradient through relu is multiplied by. Choosing with
 * a comparison and Where takes ONNX Runtime three times as long (docs/log.md) as making the number huge and cutting it
 * off at 0 and 1.
 */
import { apply, type Operator } from '../operator.ts'
import type { Tensor } from '../tensor.ts'

/** So steep that the smallest ordinary number, 1.2e-38, is lifted above 1. */
const STEEPNESS = 3e38

const operator: Operator<null> = {
  name: 'positiveMask',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'float32' }),
  lower: (lowering, [x]) => {
    const huge = lowering.emit('Mul', [x!, lowering.scalar(STEEPNESS)])
    return lowering.emit('Clip', [huge, lowering.scalar(0), lowering.scalar(1)])
  },
}

/** 1 where x > 0, else 0. No gradient flows: a step has none. */
export function positiveMask(x: Tensor): Tensor {
  return apply(operator, [x], null)
}
