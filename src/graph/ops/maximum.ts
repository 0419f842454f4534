import { constant } from '../tensor.ts'
import { greater } from './compare.ts'
import { binary } from './elementwise.ts'
import { where } from './where.ts'

/** The larger of a and b, with broadcasting. On a tie the gradient goes to b. */
export const maximum = binary('maximum', 'Max', ({ inputs: [a, b] }, dy) => {
  const first = greater(a!, b!)
  return [where(first, dy, constant(0)), where(first, constant(0), dy)]
})
