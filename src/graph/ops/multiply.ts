import { binary } from './elementwise.ts'

/** a * b, with broadcasting. d(ab) = b da + a db. */
export const multiply = binary('multiply', 'Mul', ({ inputs: [a, b] }, dy) => [
  multiply(dy, b!),
  multiply(dy, a!),
])
