import type { Tensor } from '../tensor.ts'
import { unary } from './elementwise.ts'
import { multiply } from './multiply.ts'

/** e to the power x; its own derivative. */
export const exponential: (x: Tensor) => Tensor = unary('exponential', 'Exp', ({ output }, dy) =>
  multiply(dy, output),
)
