/**
 * @file An anchor carried onto an object: the four numbers in both languages, SSD's logarithms and Lesson 9's tanh.
 * The encoding and decoding are the library's own.
 */
import {
  type Anchors,
  type Box,
  boxAt,
  boxIou,
  decoder,
  encoder,
  LARGEST_TANH,
  packCorners,
  SSD_BOX_CODER,
  TANH_REACH,
  toCentreSizes,
  toCorners,
} from 'singleshot/core'

/** The two languages. */
export type CoderName = 'log' | 'tanh'

/** dx, dy, dw, dh. */
export type Four = readonly [number, number, number, number]

/** An offset out of this is no box that anybody wants. */
export const LARGEST_OFFSET: Readonly<Record<CoderName, number>> = {
  log: 20,
  tanh: Math.atanh(LARGEST_TANH),
}

/** One anchor as the library's list. Its cell is as large as itself, as in Lesson 9's first model. */
export function oneAnchor(anchor: Box): Anchors {
  const corners = packCorners([anchor])
  const centreSizes = toCentreSizes(corners)
  return { count: 1, corners, centreSizes, cellSizes: centreSizes.slice(2) }
}

const coderOf = (name: CoderName) => (name === 'log' ? SSD_BOX_CODER : { name })

/** The offsets that carry the anchor onto the object, or as near as they can. */
export function encodeBox(name: CoderName, anchor: Box, object: Box): Four {
  const offsets = new Float32Array(4)
  encoder(coderOf(name), oneAnchor(anchor), offsets)(toCentreSizes(packCorners([object])), 0, 0)
  return fourOf(offsets)
}

/** The box onto which offsets carry the anchor. */
export function decodeBox(name: CoderName, anchor: Box, offsets: Four): Box {
  const boxes = new Float32Array(4)
  decoder(coderOf(name), oneAnchor(anchor), Float32Array.from(offsets), boxes)(0)
  return boxAt(toCorners(boxes), 0)
}

/** There and back: the box that the offsets of an object give again. */
export interface RoundTrip {
  readonly offsets: Four
  readonly back: Box
  /** Largest difference of a side, pixels. */
  readonly error: number
  /** IoU of the object and what came back. */
  readonly iou: number
}

/** Encodes an object and decodes it again. */
export function roundTrip(name: CoderName, anchor: Box, object: Box): RoundTrip {
  const offsets = encodeBox(name, anchor, object)
  const back = decodeBox(name, anchor, offsets)
  const sides = ['x1', 'y1', 'x2', 'y2'] as const
  const error = Math.max(...sides.map((side) => Math.abs(back[side] - object[side])))
  return { offsets, back, error, iou: boxIou(object, back) }
}

/** Which of dx, dy, dw, dh tanh cannot say, because it reaches only half a cell and half a side. */
export function outOfReach(anchor: Box, object: Box): boolean[] {
  const [ax, ay, aw, ah] = middleOf(anchor)
  const [cx, cy, w, h] = middleOf(object)
  const shares = [(cx - ax) / aw, (cy - ay) / ah, w / aw - 1, h / ah - 1]
  return shares.map((share) => Math.abs(share) > TANH_REACH * LARGEST_TANH)
}

/** Middle x, middle y, width, height. */
export function middleOf(box: Box): Four {
  return fourOf(toCentreSizes(packCorners([box])))
}

const fourOf = ([a, b, c, d]: Float32Array): Four => [a!, b!, c!, d!]
