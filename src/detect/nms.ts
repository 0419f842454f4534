/**
 * @file NMS, non-maximum suppression: of several boxes on the same object keep the best. Go through the
 * boxes from the highest score down; keep a box unless it overlaps one already kept by more than
 * nmsIouThreshold.
 *
 * Two different kinds of object may well overlap (a rider and a horse), so boxes of different classes never
 * suppress each other: {@link nmsPerClass} runs each class by itself.
 *
 * The order is fixed: higher score first, and of equal scores the lower index, so that the same input
 * gives the same boxes on every machine. A score that is NaN is never kept.
 *
 * Shapes: B boxes.
 */
import type { Corners } from '../box/box.ts'
import { countRows } from '../box/rows.ts'
import { SingleshotError } from '../error/singleshot-error.ts'

/** How much overlap is too much. */
export interface NmsOptions {
  /** A box goes when its IoU with a kept one is above this, 0..1. Default .45, as in SSD's Caffe code. */
  readonly nmsIouThreshold?: number
}

/**
 * NMS over boxes of one class.
 * @param corners [B, 4], any unit
 * @param scores [B]
 * @returns indices of the kept boxes, best first
 * @throws E_SHAPE when there are not as many scores as boxes
 */
export function nms(corners: Corners, scores: Float32Array, options: NmsOptions = {}): number[] {
  checkSameCount('nms', corners, scores.length)
  return suppress(corners, orderByScore(scores), options)
}

/**
 * NMS for each class by itself. One image only: boxes of different images must not meet here.
 * @param corners [B, 4], any unit
 * @param scores [B]
 * @param classIds [B]
 * @returns indices of the kept boxes of all classes, best first
 * @throws E_SHAPE when there are not as many scores or classes as boxes
 */
export function nmsPerClass(
  corners: Corners,
  scores: Float32Array,
  classIds: ArrayLike<number>,
  options: NmsOptions = {},
): number[] {
  checkSameCount('nmsPerClass', corners, scores.length)
  checkSameCount('nmsPerClass', corners, classIds.length)
  const orders = new Map<number, number[]>()
  for (const i of orderByScore(scores)) {
    const order = orders.get(classIds[i]!)
    if (order === undefined) orders.set(classIds[i]!, [i])
    else order.push(i)
  }
  const kept = [...orders.values()].flatMap((order) => suppress(corners, order, options))
  return kept.sort(byScore(scores))
}

/** Indices from the highest score down, ties by index, NaN left out. */
export function orderByScore(scores: Float32Array): number[] {
  const order: number[] = []
  for (let i = 0; i < scores.length; i++) if (!Number.isNaN(scores[i]!)) order.push(i)
  return order.sort(byScore(scores))
}

function byScore(scores: Float32Array): (i: number, j: number) => number {
  return (i, j) => scores[j]! - scores[i]! || i - j
}

/**
 * Goes through boxes in order and keeps each that overlaps no kept one too much. Written out in numbers: an
 * untrained network brings 400 candidates a class, which is 80,000 pairs.
 */
function suppress(corners: Corners, order: readonly number[], options: NmsOptions): number[] {
  const { nmsIouThreshold = 0.45 } = options
  const kept: number[] = []
  // x1, y1, x2, y2 and area of the kept boxes, side by side.
  const boxes = new Float64Array(order.length * 5)
  for (const candidate of order) {
    const place = kept.length * 5
    for (let side = 0; side < 4; side++) boxes[place + side] = corners[candidate * 4 + side]!
    boxes[place + 4] = (boxes[place + 2]! - boxes[place]!) * (boxes[place + 3]! - boxes[place + 1]!)
    if (!overlapsKept(boxes, place, nmsIouThreshold)) kept.push(candidate)
  }
  return kept
}

/** Whether the box at `place` overlaps one before it by more than the threshold. */
function overlapsKept(boxes: Float64Array, place: number, nmsIouThreshold: number): boolean {
  const [x1, y1, x2, y2, area] = boxes.subarray(place, place + 5) as unknown as Quintuple
  for (let at = 0; at < place; at += 5) {
    const width = Math.min(x2, boxes[at + 2]!) - Math.max(x1, boxes[at]!)
    if (width <= 0) continue
    const height = Math.min(y2, boxes[at + 3]!) - Math.max(y1, boxes[at + 1]!)
    if (height <= 0) continue
    const shared = width * height
    if (shared > nmsIouThreshold * (area + boxes[at + 4]! - shared)) return true
  }
  return false
}

type Quintuple = readonly [number, number, number, number, number]

function checkSameCount(where: string, corners: Corners, count: number): void {
  const boxes = countRows(corners, where)
  if (boxes === count) return
  const rule = `expected a score and a class for each of ${boxes} boxes`
  throw new SingleshotError('E_SHAPE', { where, rule, got: count })
}
