import { broadcastShape, sumToShape } from '../broadcast.ts'
import { apply, type Operator, shapeError } from '../operator.ts'
import { constant, type Tensor } from '../tensor.ts'

const operator: Operator<null> = {
  name: 'where',
  infer: ([condition, a, b]) => {
    if (condition!.dtype !== 'bool')
      throw shapeError('where', 'expected a bool condition', condition!.dtype)
    const values = broadcastShape('where', a!.shape, b!.shape)
    return { shape: broadcastShape('where', condition!.shape, values), dtype: a!.dtype }
  },
  lower: (lowering, names) => lowering.emit('Where', names),
  gradient: ({ inputs: [condition, a, b] }, dy) => [
    null,
    sumToShape(where(condition!, dy, constant(0)), a!.shape),
    sumToShape(where(condition!, constant(0), dy), b!.shape),
  ],
}

/** a where the condition holds, b elsewhere; all three broadcast. No gradient for the condition. */
export function where(condition: Tensor, a: Tensor, b: Tensor): Tensor {
  return apply(operator, [condition, a, b], null)
}
