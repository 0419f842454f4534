import type { Tensor } from '../tensor.ts'
import { unary } from './elementwise.ts'

/** -x. */
export const negate: (x: Tensor) => Tensor = unary('negate', 'Neg', (_, dy) => negate(dy))
