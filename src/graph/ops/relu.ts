import { unary } from './elementwise.ts'
import { multiply } from './multiply.ts'
import { positiveMask } from './positive-mask.ts'

/** max(0, x). The gradient passes where the output is positive, and is 0 at the corner. */
export const relu = unary('relu', 'Relu', ({ output }, dy) => multiply(dy, positiveMask(output)))
