import { constant } from '../tensor.ts'
import { greater } from './compare.ts'
import { unary } from './elementwise.ts'
import { where } from './where.ts'

/** max(0, x). The gradient passes where the output is positive, and is 0 at the corner. */
export const relu = unary('relu', 'Relu', ({ output }, dy) =>
  where(greater(output, constant(0)), dy, constant(0)),
)
