/** @file How fresh weights are drawn. */
import { elementCount, type Shape } from '../graph/tensor.ts'
import type { Initialiser } from './scope.ts'

/** Every element the same. */
export const filled =
  (value: number): Initialiser =>
  (shape) =>
    new Float32Array(elementCount(shape)).fill(value)

/** Normal numbers of a given standard deviation. */
export const normal =
  (deviation: number): Initialiser =>
  (shape, random) =>
    Float32Array.from({ length: elementCount(shape) }, () => deviation * random.normal())

/**
 * Normal numbers that keep the size of signals through a layer with relu, which halves them:
 * deviation sqrt(2 / inputs of one output). (He et al. 2015, equation 10.)
 */
export const kaiming: Initialiser = (shape, random) =>
  normal(Math.sqrt(2 / fanIn(shape)))(shape, random)

/** [O, I, kh, kw]: how many numbers one output is made from. */
function fanIn(shape: Shape): number {
  return elementCount(shape.slice(1))
}
