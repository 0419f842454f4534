import { apply, type Operator } from '../operator.ts'
import { constant, type Tensor } from '../tensor.ts'
import { and, greater, less } from './compare.ts'
import { where } from './where.ts'

/** The ends of the allowed range. */
export interface ClipRange {
  readonly low: number
  readonly high: number
}

const operator: Operator<ClipRange> = {
  name: 'clip',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'float32' }),
  lower: (lowering, [x], { attributes: { low, high } }) =>
    lowering.emit('Clip', [x!, lowering.scalar(low), lowering.scalar(high)]),
  gradient: ({ inputs: [x], attributes: { low, high } }, dy) => {
    const inside = and(greater(x!, constant(low)), less(x!, constant(high)))
    return [where(inside, dy, constant(0))]
  },
}

/** min(max(low, x), high). The gradient passes strictly between the two corners. */
export function clip(x: Tensor, range: ClipRange): Tensor {
  return apply(operator, [x], range)
}
