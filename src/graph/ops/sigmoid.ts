import { constant } from '../tensor.ts'
import { unary } from './elementwise.ts'
import { multiply } from './multiply.ts'
import { subtract } from './subtract.ts'

/** 1 / (1 + e^-x), in 0..1. s' = s (1 - s). */
export const sigmoid = unary('sigmoid', 'Sigmoid', ({ output }, dy) =>
  multiply(dy, multiply(output, subtract(constant(1), output))),
)
