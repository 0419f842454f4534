/**
 * @file Offsets: how to move and stretch an anchor so that it becomes the object's box. They are what the
 * network predicts. Moves are counted in anchor sizes and stretches in logarithms, so that small and large
 * anchors get numbers of the same size; dividing by offsetScale brings them near a spread of 1.
 *
 *     encode:  dx = (cx - anchor.cx) / anchor.w / .1     dw = log(w / anchor.w) / .2
 *              dy = (cy - anchor.cy) / anchor.h / .1     dh = log(h / anchor.h) / .2
 *     decode:  cx = anchor.cx + dx * .1 * anchor.w       w = anchor.w * exp(dw * .2)
 *              cy = anchor.cy + dy * .1 * anchor.h       h = anchor.h * exp(dh * .2)
 *
 * The law: `decodeOffsets(encodeOffsets(boxes, anchors), anchors) = boxes`, for boxes up to 62.5 times
 * their anchor's sides.
 *
 * Shapes: A anchors with one box each; everything is [A, 4].
 * Source: SSD paper (arXiv 1512.02325v5), equation 2; the scale is what Caffe calls the prior's variance
 * (torchvision: weights 10, 10, 5, 5 = 1 / scale).
 */
import type { CentreSizes } from '../box/box.ts'
import { countRows } from '../box/rows.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { add, exponential, minimum, multiply } from '../graph/ops.ts'
import { constant } from '../graph/tensor.ts'
import { defineCoder } from './coder.ts'
import { cornersAround, cutOffsets } from './graph-boxes.ts'

/** What dx, dy, dw, dh are divided by, each > 0. */
export type OffsetScale = readonly [number, number, number, number]

/** Caffe's and torchvision's scale. */
export const OFFSET_SCALE: OffsetScale = [0.1, 0.1, 0.2, 0.2]

/**
 * The most that dw * scale may be before exp: enough to stretch a 16-pixel anchor over a 1,000-pixel
 * picture. Without it an untrained network overflows exp. Source: detectron2 and torchvision, box coder.
 */
export const LARGEST_LOG_STRETCH = Math.log(1000 / 16)

/** Shortest side, pixels, that is encoded as it is: finer than anyone labels, and it keeps log finite. */
const SHORTEST_SIDE = 0.01

/** A divisor; beyond these bounds 32-bit arithmetic loses it. */
const DIVISOR = { type: 'number', minimum: 1e-6, maximum: 1e6 } as const

/** SSD's coder. */
export const logCoder = defineCoder({
  name: 'log',
  options: {
    offsetScale: { type: 'array', prefixItems: [DIVISOR, DIVISOR, DIVISOR, DIVISOR] },
  },
  encoder:
    ({ offsetScale }, { centreSizes }, offsets) =>
    (boxes, row, anchor) =>
      encodeRow(boxes, row, centreSizes, anchor, offsetScale, offsets),
  decoder:
    ({ offsetScale }, { centreSizes }, offsets, boxes) =>
    (anchor) =>
      decodeRow(offsets, centreSizes, anchor, offsetScale, boxes),
  decodeGraph({ offsetScale: [x, y, w, h] }, offsets, { centres, sides }) {
    const { moves, stretches } = cutOffsets(offsets)
    const moved = multiply(multiply(moves, constant([x, y], [1, 1, 2])), sides)
    const logs = multiply(stretches, constant([w, h], [1, 1, 2]))
    const stretched = exponential(minimum(logs, constant(LARGEST_LOG_STRETCH)))
    return cornersAround(add(centres, moved), multiply(sides, stretched))
  },
})

/** How offsets are scaled. */
export interface OffsetOptions {
  /** Default {@link OFFSET_SCALE}. */
  readonly offsetScale?: OffsetScale
}

/**
 * Offsets that carry each anchor onto its box.
 * @param boxes centre-size [A, 4], pixels of the network's input, box i for anchor i
 * @param anchors centre-size [A, 4], same unit, sides > 0
 * @returns [A, 4]: dx, dy, dw, dh; finite also for a box without area
 * @throws E_SHAPE when the two do not have the same number of rows
 */
export function encodeOffsets(
  boxes: CentreSizes,
  anchors: CentreSizes,
  { offsetScale = OFFSET_SCALE }: OffsetOptions = {},
): Float32Array {
  checkSameRows('encodeOffsets', boxes, anchors)
  const offsets = new Float32Array(boxes.length)
  for (let row = 0; row * 4 < boxes.length; row++)
    encodeRow(boxes, row, anchors, row, offsetScale, offsets)
  return offsets
}

/**
 * Offsets that carry one anchor onto its box.
 * @param boxes centre-size [M, 4], pixels of the network's input
 * @param row which box, 0..M-1; not checked
 * @param anchors centre-size [A, 4], same unit, sides > 0
 * @param anchor which anchor, 0..A-1; not checked
 * @param offsetScale what dx, dy, dw, dh are divided by, each > 0
 * @param offsets [A, 4]: row `anchor` is written, the others stay
 */
export function encodeRow(
  boxes: CentreSizes,
  row: number,
  anchors: CentreSizes,
  anchor: number,
  [scaleX, scaleY, scaleW, scaleH]: OffsetScale,
  offsets: Float32Array,
): void {
  const from = row * 4
  const at = anchor * 4
  const width = anchors[at + 2]!
  const height = anchors[at + 3]!
  offsets[at] = (boxes[from]! - anchors[at]!) / width / scaleX
  offsets[at + 1] = (boxes[from + 1]! - anchors[at + 1]!) / height / scaleY
  offsets[at + 2] = Math.log(Math.max(boxes[from + 2]!, SHORTEST_SIDE) / width) / scaleW
  offsets[at + 3] = Math.log(Math.max(boxes[from + 3]!, SHORTEST_SIDE) / height) / scaleH
}

/**
 * Moves and stretches each anchor by its offsets.
 * @param offsets [A, 4]: dx, dy, dw, dh, any finite numbers
 * @param anchors centre-size [A, 4], pixels of the network's input
 * @returns centre-size [A, 4], same unit; not clipped to the picture
 * @throws E_SHAPE when the two do not have the same number of rows
 */
export function decodeOffsets(
  offsets: Float32Array,
  anchors: CentreSizes,
  { offsetScale = OFFSET_SCALE }: OffsetOptions = {},
): CentreSizes {
  checkSameRows('decodeOffsets', offsets, anchors)
  const boxes = new Float32Array(offsets.length)
  for (let row = 0; row * 4 < offsets.length; row++)
    decodeRow(offsets, anchors, row, offsetScale, boxes)
  return boxes
}

/**
 * Moves and stretches one anchor by its offsets: of thousands of anchors few have anything to say.
 * @param offsets [A, 4]: dx, dy, dw, dh, any finite numbers
 * @param anchors centre-size [A, 4], pixels of the network's input
 * @param row which one, 0..A-1; not checked
 * @param offsetScale what dx, dy, dw, dh were divided by, each > 0
 * @param boxes centre-size [A, 4], same unit, not clipped; row `row` is written, the others stay
 */
export function decodeRow(
  offsets: Float32Array,
  anchors: CentreSizes,
  row: number,
  [scaleX, scaleY, scaleW, scaleH]: OffsetScale,
  boxes: CentreSizes,
): void {
  const at = row * 4
  const width = anchors[at + 2]!
  const height = anchors[at + 3]!
  boxes[at] = anchors[at]! + offsets[at]! * scaleX * width
  boxes[at + 1] = anchors[at + 1]! + offsets[at + 1]! * scaleY * height
  boxes[at + 2] = width * Math.exp(Math.min(offsets[at + 2]! * scaleW, LARGEST_LOG_STRETCH))
  boxes[at + 3] = height * Math.exp(Math.min(offsets[at + 3]! * scaleH, LARGEST_LOG_STRETCH))
}

function checkSameRows(where: string, values: Float32Array, anchors: CentreSizes): void {
  const rows = countRows(values, where)
  const anchorCount = countRows(anchors, where)
  if (rows === anchorCount) return
  const rule = `expected a row for each of ${anchorCount} anchors`
  throw new SingleshotError('E_SHAPE', { where, rule, got: rows })
}
