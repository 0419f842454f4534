import { constant } from '../tensor.ts'
import { divide } from './divide.ts'
import { unary } from './elementwise.ts'
import { multiply } from './multiply.ts'

/** Square root of x > 0. Its derivative is 1 / (2 sqrt x), infinite at 0: keep x above a small number. */
export const squareRoot = unary('squareRoot', 'Sqrt', ({ output }, dy) =>
  divide(multiply(dy, constant(0.5)), output),
)
