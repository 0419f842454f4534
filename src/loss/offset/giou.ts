/**
 * @file Generalised IoU: how well two boxes agree, with a slope even where they do not touch. Plain IoU is 0
 * for every pair of boxes apart, however far; this one also looks at the smallest box around both:
 *
 *     GIoU = shared / united  -  (around - united) / around        from -1 (far apart) to 1 (the same box)
 *
 * As a loss it judges the box that was predicted. It still does not decide which anchor is responsible for
 * which object: that is matching, outside the graph, without a gradient.
 *
 * Shapes: N images, A anchors; boxes are corners [N, A, 4] in one unit. Source: Rezatofighi et al. 2019.
 */
import {
  add,
  divide,
  maximum,
  minimum,
  multiply,
  reshape,
  slice,
  subtract,
} from '../../graph/ops.ts'
import { constant, type Tensor } from '../../graph/tensor.ts'
import { defineOffsetLoss } from './offset-loss.ts'

/** Keeps divisions finite for boxes without area. */
const SMALLEST_AREA = 1e-9

/** 1 - GIoU of the boxes. */
export const giouLoss = defineOffsetLoss({
  name: 'giou',
  options: {},
  error: (_, { offsets, targets, toCorners }) =>
    reshape(oneLessGiou(toCorners(offsets), toCorners(targets)), offsets.shape.slice(0, 2)),
})

/** 1 - GIoU of each pair, [N, A, 1], 0..2. */
export function oneLessGiou(predicted: Tensor, target: Tensor): Tensor {
  const [topLeftA, bottomRightA] = ends(predicted)
  const [topLeftB, bottomRightB] = ends(target)
  const shared = area(maximum(topLeftA, topLeftB), minimum(bottomRightA, bottomRightB))
  const around = area(minimum(topLeftA, topLeftB), maximum(bottomRightA, bottomRightB))
  const both = add(area(topLeftA, bottomRightA), area(topLeftB, bottomRightB))
  const united = maximum(subtract(both, shared), constant(SMALLEST_AREA))
  const safeAround = maximum(around, constant(SMALLEST_AREA))
  const giou = subtract(divide(shared, united), divide(subtract(safeAround, united), safeAround))
  return subtract(constant(1), giou)
}

/** [x1, y1] and [x2, y2] of each box, [N, A, 2]. */
function ends(corners: Tensor): [Tensor, Tensor] {
  return [
    slice(corners, [{ axis: 2, start: 0, end: 2 }]),
    slice(corners, [{ axis: 2, start: 2, end: 4 }]),
  ]
}

/** Width times height, 0 where one is negative: [N, A, 1]. */
function area(topLeft: Tensor, bottomRight: Tensor): Tensor {
  const sides = maximum(subtract(bottomRight, topLeft), constant(0))
  return multiply(
    slice(sides, [{ axis: 2, start: 0, end: 1 }]),
    slice(sides, [{ axis: 2, start: 1, end: 2 }]),
  )
}
