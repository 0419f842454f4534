import { constant } from '../tensor.ts'
import { less } from './compare.ts'
import { binary } from './elementwise.ts'
import { where } from './where.ts'

/** The smaller of a and b, with broadcasting. On a tie the gradient goes to b. */
export const minimum = binary('minimum', 'Min', ({ inputs: [a, b] }, dy) => {
  const first = less(a!, b!)
  return [where(first, dy, constant(0)), where(first, constant(0), dy)]
})
