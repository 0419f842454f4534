import { broadcastShape, sumToShape } from '../broadcast.ts'
import { apply, type Operator } from '../operator.ts'
import type { Shape, Tensor } from '../tensor.ts'

const operator: Operator<{ shape: Shape }> = {
  name: 'expand',
  infer: ([x], { shape }) => ({
    shape: broadcastShape('expand', x!.shape, shape),
    dtype: x!.dtype,
  }),
  lower: (lowering, [x], { output }) =>
    lowering.emit('Expand', [x!, lowering.integers([...output.shape])]),
  gradient: ({ inputs: [x] }, dy) => [sumToShape(dy, x!.shape)],
}

/** x stretched to a larger shape by repeating axes of length 1. */
export function expand(x: Tensor, shape: Shape): Tensor {
  return apply(operator, [x], { shape })
}
