/**
 * @file What coders share inside the graph: the anchors as constants, and boxes from centres and sides.
 *
 * Shapes: N images, A anchors.
 */
import type { Anchors } from '../anchor/anchors.ts'
import { add, concat, multiply, slice, subtract } from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'

/** Anchors as constants of the graph, pixels of the network's input; each [1, A, 2]. */
export interface GraphAnchors {
  readonly centres: Tensor
  /** Widths and heights. */
  readonly sides: Tensor
  /** Widths and heights of the cells that the anchors stand in. */
  readonly cells: Tensor
}

/** The anchors as constants. */
export function graphAnchors({ centreSizes, cellSizes, count }: Anchors): GraphAnchors {
  const pick = (from: number) =>
    Float32Array.from({ length: count * 2 }, (_, i) => centreSizes[(i >> 1) * 4 + from + (i & 1)]!)
  const shape = [1, count, 2]
  return {
    centres: constant(pick(0), shape),
    sides: constant(pick(2), shape),
    cells: constant(cellSizes, shape),
  }
}

/** Offsets [N, A, 4] as dx, dy and dw, dh, each [N, A, 2]. */
export function cutOffsets(offsets: Tensor): {
  readonly moves: Tensor
  readonly stretches: Tensor
} {
  return {
    moves: slice(offsets, [{ axis: 2, start: 0, end: 2 }]),
    stretches: slice(offsets, [{ axis: 2, start: 2, end: 4 }]),
  }
}

/** Corners [N, A, 4] of boxes. @param centres [N, A, 2] @param sides [N, A, 2] */
export function cornersAround(centres: Tensor, sides: Tensor): Tensor {
  const half = multiply(sides, constant(0.5))
  return concat([subtract(centres, half), add(centres, half)], 2)
}
