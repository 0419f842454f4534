import { apply, type Operator } from '../operator.ts'
import { constant, type Tensor } from '../tensor.ts'
import { and, greater, less } from './compare.ts'
import { multiply } from './multiply.ts'
import { where } from './where.ts'

const SLOPE = 1 / 6

const operator: Operator<null> = {
  name: 'hardSigmoid',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'float32' }),
  lower: (lowering, names) =>
    lowering.emit('HardSigmoid', names, { alpha: { float: SLOPE }, beta: { float: 0.5 } }),
  gradient: ({ inputs: [x] }, dy) => {
    const inside = and(greater(x!, constant(-3)), less(x!, constant(3)))
    return [where(inside, multiply(dy, constant(SLOPE)), constant(0))]
  },
}

/** min(max(0, x / 6 + 1/2), 1): a straight line between -3 and 3 (MobileNetV3, section 5.2). */
export function hardSigmoid(x: Tensor): Tensor {
  return apply(operator, [x], null)
}
