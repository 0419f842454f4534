/** @file The pairs of bipartite matching in the order in which they are made: the largest IoU that is left comes first. */
import { iouOf, type Matching } from './matching.ts'

/** An object and the anchor that it gets by force. */
export interface Pair {
  readonly object: number
  readonly anchor: number
  readonly iou: number
}

/** All pairs; objects for which no anchor was left have none. Of equal IoUs the lower object comes first. */
export function pairsInOrder(matching: Matching): Pair[] {
  return Array.from({ length: matching.objectCount }, (_, object) => {
    const anchor = matching.forced[object] ?? -1
    return { object, anchor, iou: iouOf(matching, object, anchor) }
  })
    .filter(({ anchor }) => anchor >= 0)
    .toSorted((a, b) => b.iou - a.iou || a.object - b.object)
}
