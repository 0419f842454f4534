import { constant } from '../tensor.ts'
import { greater } from './compare.ts'
import { unary } from './elementwise.ts'
import { negate } from './negate.ts'
import { where } from './where.ts'

/** |x|. At 0, where it has a corner, the gradient is taken as -1 (any value in -1..1 would do). */
export const absolute = unary('absolute', 'Abs', ({ inputs: [x] }, dy) =>
  where(greater(x!, constant(0)), dy, negate(dy)),
)
