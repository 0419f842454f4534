/**
 * @file Smooth L1: the error of an offset. A parabola near 0, so that small errors are mended gently; a
 * straight line further out, so that one wild anchor cannot shout down the rest. (Fast R-CNN, equation 3.)
 *
 *     e² / 2β  where |e| < β,   |e| - β / 2  elsewhere
 *
 * Both cases are one formula with c, the error clipped to -β..β:  c (e - c / 2) / β. Its slope is c / β
 * whether or not c moves with e, so c may be taken as a constant, and the gradient is a single product.
 */
import { clip, multiply, reshape, stopGradient, subtract, sum } from '../../graph/ops.ts'
import { constant, type Tensor } from '../../graph/tensor.ts'
import { defineOffsetLoss } from './offset-loss.ts'

/** Smooth L1 of the four offsets, added up. */
export const smoothL1Loss = defineOffsetLoss({
  name: 'smooth-l1',
  options: {
    /** Error at which the parabola turns into a straight line. */
    beta: { type: 'number', exclusiveMinimum: 0, maximum: 1e6 },
  },
  error: (options, { offsets, targets }) =>
    reshape(sum(smoothL1(offsets, targets, options), [2]), offsets.shape.slice(0, 2)),
})

/** Element by element. @param beta where the parabola ends, > 0 */
export function smoothL1(
  predicted: Tensor,
  target: Tensor,
  { beta }: { readonly beta: number },
): Tensor {
  const error = subtract(predicted, target)
  const clipped = stopGradient(clip(error, { low: -beta, high: beta }))
  const half = multiply(clipped, constant(0.5))
  return multiply(subtract(error, half), multiply(clipped, constant(1 / beta)))
}
