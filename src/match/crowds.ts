/**
 * @file Anchors over a crowd: a box drawn around many objects that nobody labelled one by one. What the network finds
 * there is neither right nor wrong, so such an anchor, unless it is responsible for an object, is asked nothing.
 *
 *     asked nothing  =  area(anchor and crowd) / area(anchor)  >=  CROWD_SHARE
 *
 * The share of the anchor is asked, not the IoU: a crowd is many times larger than an anchor for one of its objects.
 *
 * Shapes: A anchors, C crowds of one image.
 * Source: the *ignored* boxes of MMDetection's MaxIoUAssigner, and the label -1 of detectron2's Matcher.
 */
import type { Corners } from '../box/box.ts'
import { NEGATIVE } from './matcher.ts'

/** In `classTargets`: this anchor is asked nothing. */
export const IGNORED = -1

/** The share of an anchor inside a crowd from which it is asked nothing. */
const CROWD_SHARE = 0.5

/**
 * Marks the anchors over crowds.
 * @param crowds corners [C, 4] @param anchors corners [A, 4], same unit
 * @param matched [A]: the object each anchor is responsible for; those that have one are left
 * @param classTargets [A], written to
 */
export function ignoreCrowds(
  crowds: Corners,
  anchors: Corners,
  matched: Int32Array,
  classTargets: Int32Array,
): void {
  for (let c = 0; c < crowds.length; c += 4)
    for (let a = 0; a < matched.length; a++)
      if (matched[a] === NEGATIVE && shareInside(anchors, a * 4, crowds, c) >= CROWD_SHARE)
        classTargets[a] = IGNORED
}

/** The share of the box at one place that lies inside the box at another, 0..1. */
function shareInside(boxes: Corners, i: number, outer: Corners, o: number): number {
  const width = Math.min(boxes[i + 2]!, outer[o + 2]!) - Math.max(boxes[i]!, outer[o]!)
  const height = Math.min(boxes[i + 3]!, outer[o + 3]!) - Math.max(boxes[i + 1]!, outer[o + 1]!)
  const area = (boxes[i + 2]! - boxes[i]!) * (boxes[i + 3]! - boxes[i + 1]!)
  return width > 0 && height > 0 ? (width * height) / area : 0
}
