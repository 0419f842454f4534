/** @file Which anchor is responsible for which object of the picture, and why: what the library decided, in the page's words. */
import {
  type Box,
  type Match,
  type MatchOptions,
  matchObjects,
  NEGATIVE,
  packCorners,
  type Size,
  scaleBox,
} from 'singleshot/core'
import type { Layout } from '../03-anchors/layout.ts'

/** Why an anchor is responsible for an object. */
export type Reason = 'threshold' | 'forced' | 'both'

/** A matching of all anchors of a detector with the objects of a picture. */
export interface Matching extends Match {
  readonly objectCount: number
  readonly anchorCount: number
  readonly matchIouThreshold: number
  /** Anchors that are responsible for an object, in order. */
  readonly positives: readonly number[]
}

/** What one object got. */
export interface ObjectStory {
  /** Its best anchor; -1 where none touches it. */
  readonly bestAnchor: number
  readonly bestIou: number
  /** The anchor it was given by force; -1: none was left. */
  readonly forced: number
  readonly forcedIou: number
  /** Who has the forced anchor in the end, if it is another object; else -1. */
  readonly lostTo: number
  /** How many anchors are responsible for it, and how many of these by force alone. */
  readonly positives: number
  readonly onlyForced: number
}

/** Matches the objects of a picture (boxes in its pixels), as training would. */
export function matchOnPicture(
  { anchors, input }: Layout,
  picture: Size,
  boxes: readonly Box[],
  { matchIouThreshold, matcher }: Required<MatchOptions>,
): Matching {
  const truth = packCorners(boxes.map((box) => scaleBox(box, picture, input)))
  const match = matchObjects(truth, anchors.corners, { matchIouThreshold, matcher })
  const positives = [...match.matched.keys()].filter((a) => match.matched[a] !== NEGATIVE)
  const objectCount = boxes.length
  return { ...match, objectCount, anchorCount: anchors.count, matchIouThreshold, positives }
}

/** IoU of an object with an anchor; 0 for no anchor. */
export function iouOf({ ious, anchorCount }: Matching, object: number, anchor: number): number {
  return anchor < 0 ? 0 : ious[object * anchorCount + anchor]!
}

/** The object that an anchor overlaps most; -1 where it touches none. */
export function bestObjectOf(matching: Matching, anchor: number): number {
  let best = -1
  let most = 0
  for (let m = 0; m < matching.objectCount; m++) {
    const iou = iouOf(matching, m, anchor)
    if (iou > most) [best, most] = [m, iou]
  }
  return best
}

/** The anchors that overlap an object most, best first; only those that touch it. */
export function bestAnchorsOf(matching: Matching, object: number, count: number): number[] {
  const best: number[] = []
  for (let a = 0; a < matching.anchorCount; a++) {
    const iou = iouOf(matching, object, a)
    const place = best.findIndex((other) => iou > iouOf(matching, object, other))
    if (iou === 0 || (place < 0 && best.length === count)) continue
    best.splice(place < 0 ? best.length : place, 0, a)
    if (best.length > count) best.pop()
  }
  return best
}

/** Why an anchor is positive; null for a negative one. */
export function reasonOf(matching: Matching, anchor: number): Reason | null {
  const object = matching.matched[anchor]!
  if (object === NEGATIVE) return null
  // As in matching: the IoUs are 32-bit, so the threshold is compared as such.
  const level = Math.fround(matching.matchIouThreshold)
  const reaches =
    iouOf(matching, object, anchor) >= level && bestObjectOf(matching, anchor) === object
  const forced = matching.forced[object] === anchor
  return reaches && forced ? 'both' : reaches ? 'threshold' : 'forced'
}

/** What an object got. */
export function storyOf(matching: Matching, object: number): ObjectStory {
  const bestAnchor = bestAnchorsOf(matching, object, 1)[0] ?? -1
  const forced = matching.forced[object] ?? -1
  const owner = forced < 0 ? object : matching.matched[forced]!
  const mine = matching.positives.filter((a) => matching.matched[a] === object)
  return {
    bestAnchor,
    bestIou: iouOf(matching, object, bestAnchor),
    forced,
    forcedIou: iouOf(matching, object, forced),
    lostTo: owner === object ? -1 : owner,
    positives: mine.length,
    onlyForced: mine.filter((a) => reasonOf(matching, a) === 'forced').length,
  }
}

/** The columns of the IoU table: the best anchors of each object, and the ones they were given. */
export function columnsOf(matching: Matching, each: number): number[] {
  const columns = new Set<number>()
  for (let m = 0; m < matching.objectCount; m++) {
    for (const anchor of bestAnchorsOf(matching, m, each)) columns.add(anchor)
    if (matching.forced[m]! >= 0) columns.add(matching.forced[m]!)
  }
  return [...columns].toSorted((a, b) => a - b)
}
