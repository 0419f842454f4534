import { apply, type Operator } from '../operator.ts'
import { constant, type Tensor } from '../tensor.ts'
import { and, greater, less } from './compare.ts'
import { where } from './where.ts'

const operator: Operator<null> = {
  name: 'relu6',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'float32' }),
  lower: (lowering, [x]) => lowering.emit('Clip', [x!, lowering.scalar(0), lowering.scalar(6)]),
  gradient: ({ inputs: [x] }, dy) => {
    const inside = and(greater(x!, constant(0)), less(x!, constant(6)))
    return [where(inside, dy, constant(0))]
  },
}

/** min(max(0, x), 6). The gradient passes strictly between the two corners. */
export function relu6(x: Tensor): Tensor {
  return apply(operator, [x], null)
}
