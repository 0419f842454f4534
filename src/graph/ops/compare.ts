/** @file Comparisons. They answer yes or no, so no gradient flows through them. */
import type { Tensor } from '../tensor.ts'
import { binary } from './elementwise.ts'

type Comparison = (a: Tensor, b: Tensor) => Tensor

/** a > b, as bool, with broadcasting. */
export const greater: Comparison = binary('greater', 'Greater', undefined, 'bool')

/** a < b, as bool, with broadcasting. */
export const less: Comparison = binary('less', 'Less', undefined, 'bool')

/** a = b, as bool, with broadcasting; both of one element type. */
export const equal: Comparison = binary('equal', 'Equal', undefined, 'bool')

/** Both are true. */
export const and: Comparison = binary('and', 'And', undefined, 'bool')

/** At least one is true. */
export const or: Comparison = binary('or', 'Or', undefined, 'bool')
