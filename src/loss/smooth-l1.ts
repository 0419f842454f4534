/**
 * @file Smooth L1: the error of an offset. A parabola near 0, so that small errors are mended gently; a
 * straight line further out, so that one wild anchor cannot shout down the rest. (Fast R-CNN, equation 3.)
 *
 *     e² / 2β  where |e| < β,   |e| - β / 2  elsewhere
 */
import { absolute, less, multiply, subtract, where } from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'

/** Element by element. @param beta where the parabola ends, > 0 */
export function smoothL1(predicted: Tensor, target: Tensor, { beta }: { readonly beta: number }): Tensor {
  const error = subtract(predicted, target)
  const size = absolute(error)
  const parabola = multiply(multiply(error, error), constant(0.5 / beta))
  const line = subtract(size, constant(beta / 2))
  return where(less(size, constant(beta)), parabola, line)
}
