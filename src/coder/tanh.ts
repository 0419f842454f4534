/**
 * @file Lesson 9's way to say "move and stretch": every number first goes through tanh, so that whatever the
 * network says, an anchor stays near its cell. A centre moves by less than half a cell; a side becomes more
 * than half and less than one and a half times as long.
 *
 *     decode:  cx = anchor.cx + tanh(dx) / 2 * cell.w      w = anchor.w * (1 + tanh(dw) / 2)
 *              cy = anchor.cy + tanh(dy) / 2 * cell.h      h = anchor.h * (1 + tanh(dh) / 2)
 *     encode:  the inverse; what tanh cannot reach becomes the nearest that it can.
 *
 * The law: `decode(encode(box)) = box` for boxes within reach.
 *
 * Shapes: A anchors with one box each; everything is [A, 4], cells [A, 2].
 * Source: fast.ai 2018, part 2, lesson 9 (`actn_to_bb`).
 */
import type { Anchors } from '../anchor/anchors.ts'
import type { CentreSizes } from '../box/box.ts'
import { add, multiply, tanh } from '../graph/ops.ts'
import { constant } from '../graph/tensor.ts'
import { defineCoder } from './coder.ts'
import { cornersAround, cutOffsets } from './graph-boxes.ts'

/** Half a cell, and half a side: the most that tanh can do. */
export const TANH_REACH = 0.5

/** The largest tanh that is asked for: atanh(1) is infinite, and atanh(.995) is 3. */
export const LARGEST_TANH = 0.995

/** Lesson 9's coder. */
export const tanhCoder = defineCoder({
  name: 'tanh',
  options: {},
  encoder: (_, anchors, offsets) => (boxes, row, anchor) =>
    encodeTanhRow(boxes, row, anchors, anchor, offsets),
  decoder: (_, anchors, offsets, boxes) => (anchor) =>
    decodeTanhRow(offsets, anchors, anchor, boxes),
  decodeGraph(_, offsets, { centres, sides, cells }) {
    const reach = constant(TANH_REACH)
    const { moves, stretches } = cutOffsets(offsets)
    const moved = multiply(multiply(tanh(moves), reach), cells)
    const stretched = add(multiply(tanh(stretches), reach), constant(1))
    return cornersAround(add(centres, moved), multiply(sides, stretched))
  },
})

/**
 * Offsets that carry one anchor onto a box, as nearly as they can.
 * @param box centre-size [cx, cy, w, h] in row `row` of `boxes`, pixels of the network's input
 * @param anchor which anchor, 0..A-1
 * @param offsets [A, 4]: row `anchor` is written
 */
export function encodeTanhRow(
  boxes: CentreSizes,
  row: number,
  { centreSizes, cellSizes }: Anchors,
  anchor: number,
  offsets: Float32Array,
): void {
  for (let axis = 0; axis < 2; axis++) {
    const at = anchor * 4 + axis
    const moved = boxes[row * 4 + axis]! - centreSizes[at]!
    offsets[at] = inverse(moved / cellSizes[anchor * 2 + axis]!)
    offsets[at + 2] = inverse(boxes[row * 4 + axis + 2]! / centreSizes[at + 2]! - 1)
  }
}

/** atanh of a move or stretch, held within reach. */
function inverse(amount: number): number {
  return Math.atanh(Math.max(-LARGEST_TANH, Math.min(LARGEST_TANH, amount / TANH_REACH)))
}

/**
 * Moves and stretches one anchor by its offsets.
 * @param offsets [A, 4], any numbers
 * @param anchor which one, 0..A-1; not checked
 * @param boxes centre-size [A, 4], pixels of the network's input; row `anchor` is written
 */
export function decodeTanhRow(
  offsets: Float32Array,
  { centreSizes, cellSizes }: Anchors,
  anchor: number,
  boxes: CentreSizes,
): void {
  for (let axis = 0; axis < 2; axis++) {
    const at = anchor * 4 + axis
    const move = Math.tanh(offsets[at]!) * TANH_REACH
    boxes[at] = centreSizes[at]! + move * cellSizes[anchor * 2 + axis]!
    boxes[at + 2] = centreSizes[at + 2]! * (1 + Math.tanh(offsets[at + 2]!) * TANH_REACH)
  }
}
