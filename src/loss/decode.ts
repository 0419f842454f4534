/**
 * @file Offsets to boxes inside the graph, for losses that compare boxes and for models that are used elsewhere.
 * The same arithmetic as the plain numbers of src/match/ use for detection, but with a gradient.
 *
 * Shapes: N images, A anchors; offsets and boxes [N, A, 4].
 */
import type { Anchors } from '../anchor/anchors.ts'
import type { Size } from '../box/box.ts'
import { LARGEST_LOG_STRETCH } from '../coder/standard.ts'
import { TANH_REACH } from '../coder/tanh.ts'
import type { BoxCoder } from '../config/model.ts'
import {
  add,
  concat,
  divide,
  exponential,
  minimum,
  multiply,
  slice,
  subtract,
  tanh,
} from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'

/** What offsets are relative to, and how they say "move and stretch". */
export interface Placement {
  readonly anchors: Anchors
  readonly boxCoder: BoxCoder
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
  const pairs = anchorPairs(anchors)
  const first = slice(offsets, [{ axis: 2, start: 0, end: 2 }]) // dx, dy
  const last = slice(offsets, [{ axis: 2, start: 2, end: 4 }]) // dw, dh
  const { moved, stretched } =
    boxCoder.name === 'tanh'
      ? tanhSteps(first, last, pairs)
      : logSteps(first, last, pairs, boxCoder.offsetScale)
  const centre = add(pairs.centres, moved)
  const half = multiply(multiply(pairs.sides, stretched), constant(0.5))
  return concat([subtract(centre, half), add(centre, half)], 2)
}

interface AnchorPairs {
  /** [1, A, 2] each, pixels. */
  readonly centres: Tensor
  readonly sides: Tensor
  readonly cells: Tensor
}

function anchorPairs({ centreSizes, cellSizes, count }: Anchors): AnchorPairs {
  const pick = (from: number) =>
    Float32Array.from({ length: count * 2 }, (_, i) => centreSizes[(i >> 1) * 4 + from + (i & 1)]!)
  const shape = [1, count, 2]
  return {
    centres: constant(pick(0), shape),
    sides: constant(pick(2), shape),
    cells: constant(cellSizes, shape),
  }
}

/** By how many pixels the centre moves, and what the sides are multiplied by; both [N, A, 2]. */
interface Steps {
  readonly moved: Tensor
  readonly stretched: Tensor
}

function logSteps(
  first: Tensor,
  last: Tensor,
  { sides }: AnchorPairs,
  [x, y, w, h]: readonly [number, number, number, number],
): Steps {
  const moved = multiply(multiply(first, constant([x, y], [1, 1, 2])), sides)
  const stretch = multiply(last, constant([w, h], [1, 1, 2]))
  return { moved, stretched: exponential(minimum(stretch, constant(LARGEST_LOG_STRETCH))) }
}

function tanhSteps(first: Tensor, last: Tensor, { cells }: AnchorPairs): Steps {
  const reach = constant(TANH_REACH)
  const moved = multiply(multiply(tanh(first), reach), cells)
  return { moved, stretched: add(multiply(tanh(last), reach), constant(1)) }
}
