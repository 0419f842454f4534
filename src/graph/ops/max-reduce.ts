import { apply, type Operator } from '../operator.ts'
import { constant, type Tensor } from '../tensor.ts'
import { cast } from './cast.ts'
import { equal } from './compare.ts'
import { divide } from './divide.ts'
import { sum } from './reduce.ts'
import { where } from './where.ts'

const operator: Operator<{ axis: number }> = {
  name: 'maxReduce',
  infer: ([x], { axis }) => ({ shape: x!.shape.with(axis, 1), dtype: 'float32' }),
  lower: (lowering, [x], { attributes: { axis } }) =>
    lowering.emit('ReduceMax', [x!, lowering.integers([axis])], { keepdims: 1 }),
  gradient: ({ inputs: [x], output, attributes: { axis } }, dy) => {
    const largest = equal(x!, output)
    const share = divide(dy, sum(cast(largest, 'float32'), [axis]))
    return [where(largest, share, constant(0))]
  },
}

/** The largest element along one axis, which stays with length 1. Ties share the gradient equally. */
export function maxReduce(x: Tensor, axis: number): Tensor {
  return apply(operator, [x], { axis })
}
