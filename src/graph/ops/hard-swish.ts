import { apply, type Operator } from '../operator.ts'
import { constant, type Tensor } from '../tensor.ts'
import { add } from './add.ts'
import { clip } from './clip.ts'
import { multiply } from './multiply.ts'
import { subtract } from './subtract.ts'

const operator: Operator<null> = {
  name: 'hardSwish',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'float32' }),
  lower: (lowering, names) => lowering.emit('HardSwish', names),
  gradient: ({ inputs: [x] }, dy) => [multiply(dy, slopeAt(x!))],
}

/** So steep that whatever lies beyond a corner, be it by the last digit, is cut off at the step's end. */
const STEEPNESS = 1e30

/**
 * Between the corners (x² + 3x) / 6, so the slope is x / 3 + 1/2, from -1/2 at -3 to 3/2 at 3; outside it is 0 and 1.
 * With c, x cut off at the corners, that is c / 3 plus a step of 1, 1/2 and 0. Where would take half as long again.
 */
function slopeAt(x: Tensor): Tensor {
  const inside = clip(x, { low: -3, high: 3 })
  const beyond = multiply(subtract(inside, x), constant(STEEPNESS))
  const step = clip(add(beyond, constant(0.5)), { low: 0, high: 1 })
  return add(multiply(inside, constant(1 / 3)), step)
}

/** x · hardSigmoid(x): 0 below -3, x above 3 (MobileNetV3, section 5.2). */
export function hardSwish(x: Tensor): Tensor {
  return apply(operator, [x], null)
}
