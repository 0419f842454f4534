/** @file What happens when two objects compete for one anchor, in sentences. */
import { iouOf, type Matching, storyOf } from './matching.ts'

/** Objects that have the same best anchor. */
export interface Conflict {
  readonly anchor: number
  /** Two or more, in their order. */
  readonly objects: readonly number[]
}

/** Every anchor that is the best one of several objects. */
export function conflictsOf(matching: Matching): Conflict[] {
  const wanted = new Map<number, number[]>()
  for (let m = 0; m < matching.objectCount; m++) {
    const { bestAnchor } = storyOf(matching, m)
    if (bestAnchor >= 0) wanted.set(bestAnchor, [...(wanted.get(bestAnchor) ?? []), m])
  }
  return [...wanted]
    .filter(([, objects]) => objects.length > 1)
    .map(([anchor, objects]) => ({ anchor, objects }))
}

/** What became of each object of a conflict. */
export function conflictText(matching: Matching, { anchor, objects }: Conflict): string {
  const names = objects.map((m) => m + 1)
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return [
    `Anchor ${anchor} is the best anchor of objects ${list}.`,
    ...objects.map((m) => fateText(matching, m, anchor)),
  ].join(' ')
}

function fateText(matching: Matching, m: number, anchor: number): string {
  const { forced, forcedIou, lostTo, positives } = storyOf(matching, m)
  const iou = iouOf(matching, m, anchor).toFixed(2)
  if (forced < 0) return `Object ${m + 1} gets no anchor, because none is left.`
  if (forced !== anchor)
    return `Object ${m + 1} (IoU ${iou}) takes the next best free one, anchor ${forced}, with an IoU of only ${forcedIou.toFixed(2)}.`
  if (lostTo < 0) return `Object ${m + 1} (IoU ${iou}) gets it.`
  const left =
    positives === 0
      ? 'It has no anchor left, so nothing teaches the network to find it.'
      : `It keeps ${positives} other ${positives === 1 ? 'anchor' : 'anchors'} by rule 1.`
  return `Object ${m + 1} (IoU ${iou}) loses it to object ${lostTo + 1}, which comes later in the list. ${left}`
}
