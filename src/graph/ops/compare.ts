/** @file Comparisons. They answer yes or no, so no gradient flows through them. */
import type { Tensor } from '../tensor.ts'
import { binary } from './elementwise.ts'

type ComparisonRule = (a: Tensor, b: Tensor) => Tensor

/** a > b, as bool, with broadcasting. */
export const greater: ComparisonRule = binary('greater', 'Greater', undefined, 'bool')

/** a < b, as bool, with broadcasting. */
export const less: ComparisonRule = binary('less', 'Less', undefined, 'bool')

/** a = b, as bool, with broadcasting; both of one element type. */
export const equal: ComparisonRule = binary('equal', 'Equal', undefined, 'bool')

/** Both are true. */
export const and: ComparisonRule = binary('and', 'And', undefined, 'bool')

/** At least one is true. */
export const or: ComparisonRule = binary('or', 'Or', undefined, 'bool')
