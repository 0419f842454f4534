/**
 * @file How a model's offsets say "move and stretch": SSD's way (offsets.ts) or Lesson 9's (tanh-offsets.ts).
 * Whoever encodes or decodes asks here, so that training and detection always speak the same language.
 *
 * Shapes: A anchors; offsets and boxes [A, 4].
 */
import type { Anchors } from '../anchor/anchors.ts'
import type { CentreSizes } from '../box/box.ts'
import type { BoxCoder } from '../config/model.ts'
import { decodeRow, encodeRow, OFFSET_SCALE } from './standard.ts'
import { decodeTanhRow, encodeTanhRow } from './tanh.ts'

/** SSD's own. */
export const SSD_BOX_CODER: BoxCoder = { name: 'log', offsetScale: [...OFFSET_SCALE] }

/** Which language offsets speak. */
export interface BoxCoderOptions {
  /** Default {@link SSD_BOX_CODER}. */
  readonly boxCoder?: BoxCoder
}

/** Writes the offsets that carry an anchor onto a box. */
export type EncodeAnchor = (boxes: CentreSizes, row: number, anchor: number) => void

/**
 * Encodes boxes one by one into `offsets` [A, 4].
 * @returns a function of (boxes [M, 4] centre-size, which of them, which anchor)
 */
export function encoder(coder: BoxCoder, anchors: Anchors, offsets: Float32Array): EncodeAnchor {
  if (coder.name === 'tanh')
    return (boxes, row, anchor) => encodeTanhRow(boxes, row, anchors, anchor, offsets)
  return (boxes, row, anchor) =>
    encodeRow(boxes, row, anchors.centreSizes, anchor, coder.offsetScale, offsets)
}

/**
 * Decodes anchors one by one into `boxes` [A, 4], centre-size: of thousands few have anything to say.
 * @returns a function of (which anchor)
 */
export function decoder(
  coder: BoxCoder,
  anchors: Anchors,
  offsets: Float32Array,
  boxes: CentreSizes,
): (anchor: number) => void {
  if (coder.name === 'tanh') return (anchor) => decodeTanhRow(offsets, anchors, anchor, boxes)
  return (anchor) => decodeRow(offsets, anchors.centreSizes, anchor, coder.offsetScale, boxes)
}
