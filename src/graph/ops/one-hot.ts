import { apply, type Operator } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { ONNX_TYPE } from './cast.ts'

const operator: Operator<{ depth: number }> = {
  name: 'oneHot',
  infer: ([x], { depth }) => ({ shape: [...x!.shape, depth], dtype: 'bool' }),
  lower: (lowering, [x], { inputs, attributes: { depth } }) => {
    const column = lowering.reshape(x!, [...inputs[0]!.shape, 1])
    const classes = lowering.integers(Array.from({ length: depth }, (_, i) => i))
    const sameType = lowering.emit('Cast', [classes], { to: ONNX_TYPE[inputs[0]!.dtype] })
    return lowering.emit('Equal', [column, sameType])
  },
}

/** For each index i in 0..depth-1, a row of `depth` bools that is true at place i: [..., depth]. */
export function oneHot(x: Tensor, depth: number): Tensor {
  return apply(operator, [x], { depth })
}
