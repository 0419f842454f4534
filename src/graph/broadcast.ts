/**
 * @file Broadcasting: how two shapes meet in arithmetic. Shapes are aligned at the right; a length of 1 (or
 * a missing one) is stretched to the other's. [8, 16, 4, 5] with [16, 1, 1] gives [8, 16, 4, 5].
 */
import { shapeError } from './operator.ts'
import { sum } from './ops/reduce.ts'
import { reshape } from './ops/reshape.ts'
import type { Shape, Tensor } from './tensor.ts'

/** The common shape. @throws SingleshotError E_SHAPE when two lengths differ and neither is 1 */
export function broadcastShape(where: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const x = a[a.length - rank + i] ?? 1
    const y = b[b.length - rank + i] ?? 1
    if (x !== y && x !== 1 && y !== 1)
      throw shapeError(where, 'expected shapes that broadcast', [[...a], [...b]])
    return x === 1 ? y : x
  })
}

/**
 * Undoes stretching for a gradient: what was stretched received the gradient many times, so it is summed.
 * @param gradient of the broadcast shape @param shape the input's own shape
 */
export function sumToShape(gradient: Tensor, shape: Shape): Tensor {
  const rank = gradient.shape.length
  const stretched = gradient.shape.flatMap((length, axis) => {
    const own = shape[shape.length - rank + axis] ?? 1
    return own !== length || axis < rank - shape.length ? [axis] : []
  })
  return stretched.length === 0 ? gradient : reshape(sum(gradient, stretched), shape)
}
