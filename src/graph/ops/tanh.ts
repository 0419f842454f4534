import { constant } from '../tensor.ts'
import { unary } from './elementwise.ts'
import { multiply } from './multiply.ts'
import { subtract } from './subtract.ts'

/** Hyperbolic tangent, in -1..1. t' = 1 - t². */
export const tanh = unary('tanh', 'Tanh', ({ output }, dy) =>
  multiply(dy, subtract(constant(1), multiply(output, output))),
)
