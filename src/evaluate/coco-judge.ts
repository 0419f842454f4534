/**
 * @file Right or wrong, by COCO's rule: the detections and objects of one class in one image. It differs
 * from VOC's rule in three ways. A detection takes the best object that is still *free*. Objects outside
 * the area range under test, and crowds, are ignored, but only taken when nothing else fits. A detection
 * that hits nothing and is itself outside the area range is ignored too.
 *
 * A crowd (many objects under one box) may absorb any number of detections; how much one of them lies in
 * it is asked instead of the IoU:  area(detection and crowd) / area(detection).
 *
 * Shapes: D detections, G objects.
 * Source: pycocotools `COCOeval.evaluateImg`, followed to the order in which ties fall.
 */
import type { Box } from '../box/box.ts'
import { boxIou } from '../box/iou.ts'
import { shareInside } from '../box/share-inside.ts'
import type { Verdict } from './judge.ts'

/** An object as COCO knows it. */
export interface CocoObject {
  /** Corners in pixels of the original image. */
  readonly box: Box
  readonly classId: number
  /** COCO's `iscrowd`. Default false. */
  readonly crowd?: boolean
  /** Square pixels; in COCO the area of the object's outline. Default: the box's. */
  readonly area?: number
}

/** Bounds of an object's area, square pixels, both inclusive. */
export interface AreaRange {
  readonly smallest: number
  readonly largest: number
}

/** One class in one image, ready to be judged. */
export interface CocoCase {
  readonly objects: readonly CocoObject[]
  /** Best first. */
  readonly detections: readonly { readonly box: Box; readonly score: number }[]
  /** [D, G], from {@link cocoOverlaps}. */
  readonly overlaps: Float64Array
}

/** How to judge. */
export interface CocoJudgeOptions {
  readonly iouThreshold: number
  readonly areaRange: AreaRange
}

/** @returns [D, G]: IoU, or for a crowd the share of the detection inside it; 0..1 */
export function cocoOverlaps(
  detections: readonly { readonly box: Box }[],
  objects: readonly CocoObject[],
): Float64Array {
  const overlaps = new Float64Array(detections.length * objects.length)
  let at = 0
  for (const { box } of detections)
    for (const object of objects)
      overlaps[at++] = object.crowd ? shareInside(box, object.box) : boxIou(box, object.box)
  return overlaps
}

/** @returns a verdict for each detection, and how many objects there were to find */
export function judgeCoco(
  { objects, detections, overlaps }: CocoCase,
  { iouThreshold, areaRange }: CocoJudgeOptions,
): { verdicts: Verdict[]; objectCount: number } {
  const isIgnored = objects.map(
    (object) => object.crowd === true || !within(object.area ?? areaOf(object.box), areaRange),
  )
  // The objects that count come first: an ignored one is taken only when none of those fits.
  const counted = objects.flatMap((_, g) => (isIgnored[g] ? [] : [g]))
  const ignored = objects.flatMap((_, g) => (isIgnored[g] ? [g] : []))
  const taken = new Set<number>()
  const bestFree = (d: number, candidates: readonly number[]) => {
    // COCO's own guard against an IoU of 1 that rounding made a little smaller.
    let best = Math.min(iouThreshold, 1 - 1e-10)
    let found = -1
    for (const g of candidates) {
      const overlap = overlaps[d * objects.length + g]!
      if (overlap < best || (taken.has(g) && !objects[g]!.crowd)) continue
      best = overlap
      found = g
    }
    return found
  }
  const verdicts = detections.map(({ box }, d): Verdict => {
    const hit = bestFree(d, counted)
    if (hit >= 0) {
      taken.add(hit)
      return 'true-positive'
    }
    const absorbed = bestFree(d, ignored)
    if (absorbed >= 0) taken.add(absorbed)
    return absorbed >= 0 || !within(areaOf(box), areaRange) ? 'ignored' : 'false-positive'
  })
  return { verdicts, objectCount: counted.length }
}

function areaOf(box: Box): number {
  return (box.x2 - box.x1) * (box.y2 - box.y1)
}

function within(area: number, { smallest, largest }: AreaRange): boolean {
  return area >= smallest && area <= largest
}
