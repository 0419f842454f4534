import { apply, type Operator } from '../operator.ts'
import { constant, type Tensor } from '../tensor.ts'
import { add } from './add.ts'
import { greater, less } from './compare.ts'
import { multiply } from './multiply.ts'
import { where } from './where.ts'

const operator: Operator<null> = {
  name: 'hardSwish',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'float32' }),
  lower: (lowering, names) => lowering.emit('HardSwish', names),
  gradient: ({ inputs: [x] }, dy) => {
    // Between the corners (x² + 3x) / 6, so the slope is (2x + 3) / 6 = x / 3 + 1/2.
    const slope = add(multiply(x!, constant(1 / 3)), constant(0.5))
    const inside = where(less(x!, constant(3)), multiply(dy, slope), dy)
    return [where(greater(x!, constant(-3)), inside, constant(0))]
  },
}

/** x · hardSigmoid(x): 0 below -3, x above 3 (MobileNetV3, section 5.2). */
export function hardSwish(x: Tensor): Tensor {
  return apply(operator, [x], null)
}
