/**
 * @file Gives every object an anchor of its own. Take the pair of object and anchor with the highest IoU
 * of all, tie them together, set both aside, and repeat. An object may lose its favourite anchor to a
 * better fitting object, but then takes its next best: no object is left without one while anchors last.
 *
 * Caffe's SSD stops when the remaining objects overlap no free anchor. We go on: such an object (tiny, or
 * between the cells) takes the free anchor with the nearest centre, because an object without an anchor
 * would be taught as background.
 *
 * Ties go to the lower object, then to the lower anchor, so the result never depends on the machine.
 *
 * Shapes: M ground-truth boxes, A anchors.
 * Source: SSD paper (arXiv 1512.02325v5), section 2.2, "Matching strategy"; Caffe bbox_util.cpp `MatchBBox`.
 */
import type { Corners } from '../box/box.ts'
import { defineMatcher } from './matcher.ts'
import { matchByTwoRules } from './two-rules.ts'

/** No object ever loses its anchor. */
export const bipartiteMatcher = defineMatcher({
  name: 'bipartite',
  options: {},
  match(_, inputs, matched) {
    const { ious, groundTruth, anchors } = inputs
    return matchByTwoRules(inputs, pairObjects(ious, groundTruth, anchors), matched)
  },
})

/**
 * Pairs each object with one anchor.
 * @param ious [M, A], as iouMatrix gives it
 * @param groundTruth corners [M, 4]
 * @param anchors corners [A, 4], same unit
 * @returns [M]: the object's anchor, no anchor twice; -1 when M > A and none was left, or when the
 *   object's coordinates are NaN
 */
export function pairObjects(
  ious: Float32Array,
  groundTruth: Corners,
  anchors: Corners,
): Int32Array {
  const objectCount = groundTruth.length / 4
  const anchorCount = anchors.length / 4
  const taken = new Uint8Array(anchorCount)
  const anchorOf = new Int32Array(objectCount).fill(-1)
  const favourite = new Int32Array(objectCount)
  for (let m = 0; m < objectCount; m++) favourite[m] = bestFreeAnchor(ious, m, taken)
  for (;;) {
    const m = objectWithBestFavourite(ious, favourite, anchorCount)
    if (m < 0) break
    const anchor = favourite[m]!
    anchorOf[m] = anchor
    taken[anchor] = 1
    favourite[m] = -1
    // Only the objects that wanted the same anchor must look again: this keeps the whole near one pass.
    for (let other = 0; other < objectCount; other++)
      if (favourite[other] === anchor) favourite[other] = bestFreeAnchor(ious, other, taken)
  }
  for (let m = 0; m < objectCount; m++) {
    if (anchorOf[m] !== -1) continue
    const anchor = nearestFreeAnchor(groundTruth, m, anchors, taken)
    anchorOf[m] = anchor
    if (anchor >= 0) taken[anchor] = 1
  }
  return anchorOf
}

/** The free anchor with the highest IoU above 0 for object m, or -1. */
function bestFreeAnchor(ious: Float32Array, m: number, taken: Uint8Array): number {
  const start = m * taken.length
  let best = -1
  let bestIou = 0
  for (let a = 0; a < taken.length; a++) {
    const iou = ious[start + a]!
    if (iou > bestIou && taken[a] === 0) {
      best = a
      bestIou = iou
    }
  }
  return best
}

/** The object whose favourite fits it best, or -1 when none has a favourite left. */
function objectWithBestFavourite(
  ious: Float32Array,
  favourite: Int32Array,
  anchorCount: number,
): number {
  let best = -1
  let bestIou = 0
  for (let m = 0; m < favourite.length; m++) {
    if (favourite[m]! < 0) continue
    const iou = ious[m * anchorCount + favourite[m]!]!
    if (iou > bestIou) {
      best = m
      bestIou = iou
    }
  }
  return best
}

/** The free anchor whose centre is nearest to that of object m, or -1. */
function nearestFreeAnchor(
  groundTruth: Corners,
  m: number,
  anchors: Corners,
  taken: Uint8Array,
): number {
  const cx = centre(groundTruth, m * 4)
  const cy = centre(groundTruth, m * 4 + 1)
  let best = -1
  let shortest = Number.POSITIVE_INFINITY
  for (let a = 0; a < taken.length; a++) {
    if (taken[a] === 1) continue
    const distance = (centre(anchors, a * 4) - cx) ** 2 + (centre(anchors, a * 4 + 1) - cy) ** 2
    if (distance < shortest) {
      best = a
      shortest = distance
    }
  }
  return best
}

/** The middle of one axis of a box: `at` points to x1 or y1. */
function centre(corners: Corners, at: number): number {
  return (corners[at]! + corners[at + 2]!) / 2
}
