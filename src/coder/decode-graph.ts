/**
 * @file Offsets to boxes inside the graph, for losses that compare boxes and for models that are used elsewhere:
 * the same arithmetic as detection's plain numbers, but with a gradient.
 *
 * Shapes: N images, A anchors; offsets and boxes [N, A, 4].
 */
import type { Anchors } from '../anchor/anchors.ts'
import type { Size } from '../box/box.ts'
import { divide } from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'
import { type CoderChoice, coderOf } from './coders.ts'
import { graphAnchors } from './graph-boxes.ts'

/** What offsets are relative to, and which coder's they are. */
export interface Placement {
  readonly anchors: Anchors
  readonly boxCoder: CoderChoice
}

/** The same with what boxes are measured in. */
export interface Geometry extends Placement {
  /** The network's input, pixels. */
  readonly input: Size
}

/** Corners [N, A, 4] in fractions of the input. @param offsets [N, A, 4] */
export function decodeCorners(offsets: Tensor, geometry: Geometry): Tensor {
  const { width, height } = geometry.input
  return divide(
    decodePixels(offsets, geometry),
    constant([width, height, width, height], [1, 1, 4]),
  )
}

/** Corners [N, A, 4] in pixels of the input, not clipped. @param offsets [N, A, 4] */
export function decodePixels(offsets: Tensor, { anchors, boxCoder }: Placement): Tensor {
  return coderOf(boxCoder).decodeGraph(boxCoder, offsets, graphAnchors(anchors))
}
