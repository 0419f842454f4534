import { divide } from './divide.ts'
import { unary } from './elementwise.ts'

/** Natural logarithm of x > 0. */
export const logarithm = unary('logarithm', 'Log', ({ inputs: [x] }, dy) => divide(dy, x!))
