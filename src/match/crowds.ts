/**
 * @file Anchors over a crowd: a box drawn around many objects that nobody labelled one by one. What the network finds
 * there is neither right nor wrong, so such an anchor, unless it is responsible for an object, is asked nothing.
 *
 *     asked nothing  =  area(anchor and crowd) / area(anchor)  >=  CROWD_SHARE
 *
 * The share of the anchor is asked, not the IoU: a crowd is many times larger than an anchor for one of its objects.
 *
 * Shapes: A anchors.
 * Source: the *ignored* boxes of MMDetection's MaxIoUAssigner, and the label -1 of detectron2's Matcher.
 */
import type { Box, Corners } from '../box/box.ts'
import { shareInside } from '../box/share-inside.ts'
import { NEGATIVE } from './matcher.ts'

/** In `classTargets`: this anchor is asked nothing. */
export const IGNORED = -1

/** The share of an anchor inside a crowd from which it is asked nothing. */
const CROWD_SHARE = 0.5

/**
 * Marks the anchors over crowds.
 * @param crowds of one image, pixels of the network's input; may be empty
 * @param anchors corners [A, 4], same unit
 * @param matched [A]: the object each anchor is responsible for; those that have one are left
 * @param classTargets [A], written to
 */
export function ignoreCrowds(
  crowds: readonly Box[],
  anchors: Corners,
  matched: Int32Array,
  classTargets: Int32Array,
): void {
  for (let a = 0; a < matched.length; a++) {
    if (matched[a] !== NEGATIVE) continue
    const [x1, y1, x2, y2] = anchors.subarray(a * 4, a * 4 + 4) as unknown as Row
    const anchor = { x1, y1, x2, y2 }
    if (crowds.some((crowd) => shareInside(anchor, crowd) >= CROWD_SHARE)) classTargets[a] = IGNORED
  }
}

type Row = readonly [number, number, number, number]
