/**
 * @file Three ways to pull a predicted box onto an object: each follows the slope of its own loss, step by step.
 *
 *     smooth L1   of the four offsets, in units of the object (lesson 5)
 *     IoU         1 - IoU
 *     GIoU        1 - IoU + (hull - union) / hull          hull: the smallest box around both
 *
 * Source of GIoU: Rezatofighi and others (arXiv 1902.09630).
 */
import { type Box, boxIou } from 'singleshot/core'

/** The losses that race. */
export const RACERS = ['smooth L1', 'IoU', 'GIoU'] as const
/** One of them. */
export type Racer = (typeof RACERS)[number]

/** Centre x and y, logarithm of width and height. */
type Place = readonly [number, number, number, number]

/** Where the parabola of smooth L1 ends. */
const BETA = 0.2

/** How far a step follows the slope: in pixels for the centre (times 1,000), and for the logarithms of the sides. */
const RATES = [900, 900, 0.08, 0.08] as const

/** Each step is this much of the one before, or the boxes would jump to and fro at the end. */
const SLOWING = 0.993

/** Half of the distance over which a slope is measured. */
const NUDGE = [0.01, 0.01, 1e-4, 1e-4] as const

/** How wrong a box is. */
export function lossOf(racer: Racer, box: Box, object: Box): number {
  if (racer === 'IoU') return 1 - boxIou(box, object)
  if (racer === 'GIoU') return 1 - generalisedIou(box, object)
  const [x, y, w, h] = placeOf(box)
  const [ox, oy, ow, oh] = placeOf(object)
  const offsets = [(x - ox) / Math.exp(ow), (y - oy) / Math.exp(oh), w - ow, h - oh]
  return offsets.reduce((sum, offset) => sum + smooth(Math.abs(offset)), 0)
}

/** IoU, less the share of the hull that neither box covers: -1..1, and never flat. */
export function generalisedIou(a: Box, b: Box): number {
  const width = Math.max(a.x2, b.x2) - Math.min(a.x1, b.x1)
  const height = Math.max(a.y2, b.y2) - Math.min(a.y1, b.y1)
  const iou = boxIou(a, b)
  const areas = areaOf(a) + areaOf(b)
  const union = areas / (1 + iou)
  return iou - (width * height - union) / (width * height)
}

/** The slope along centre x, centre y, and the logarithms of width and height. */
export function slopesOf(racer: Racer, box: Box, object: Box): number[] {
  const place = placeOf(box)
  return NUDGE.map((nudge, i) => {
    const at = (by: number) =>
      lossOf(racer, boxAtPlace(place.with(i, place[i]! + by) as unknown as Place), object)
    return (at(nudge) - at(-nudge)) / (2 * nudge)
  })
}

/** One step down the slope. @param pace shrinks the step, 0..1 */
export function stepOf(racer: Racer, box: Box, object: Box, pace = 1): Box {
  const slopes = slopesOf(racer, box, object)
  if (slopes.every((slope) => slope === 0)) return box
  const place = placeOf(box).map((value, i) => value - pace * RATES[i]! * slopes[i]!)
  return boxAtPlace(place as unknown as Place)
}

/** The way of a box: itself, and then one box per step. */
export function wayOf(racer: Racer, start: Box, object: Box, steps: number): Box[] {
  const way = [start]
  for (let i = 0; i < steps; i++) way.push(stepOf(racer, way[i]!, object, SLOWING ** i))
  return way
}

function smooth(size: number): number {
  return size < BETA ? size ** 2 / (2 * BETA) : size - BETA / 2
}

const areaOf = ({ x1, y1, x2, y2 }: Box) => (x2 - x1) * (y2 - y1)

const placeOf = ({ x1, y1, x2, y2 }: Box): Place => [
  (x1 + x2) / 2,
  (y1 + y2) / 2,
  Math.log(x2 - x1),
  Math.log(y2 - y1),
]

function boxAtPlace([x, y, w, h]: Place): Box {
  const [halfWidth, halfHeight] = [Math.exp(w) / 2, Math.exp(h) / 2]
  return { x1: x - halfWidth, y1: y - halfHeight, x2: x + halfWidth, y2: y + halfHeight }
}
