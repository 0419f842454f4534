/**
 * @file What every anchor says of one place: how surely it claims the class that is sought there, how well its box
 * sits, and what became of the claim.
 *
 * Shapes: A anchors, M objects.
 */
import type { Box } from '../box/box.ts'
import { clipBox } from '../box/clip.ts'
import { boxIou } from '../box/iou.ts'
import type { VerdictKind } from '../detect/select.ts'
import type { AnchorTrace, Four, Trace } from './trace.ts'
import { boxOf, claimedClass } from './words.ts'

/** What is sought: an object of the ground truth, or a box that somebody drew. */
export interface Sought {
  /** Its place among the trace's objects, from 0; null for a drawn box. */
  readonly object: number | null
  /** Pixels of the network's input. */
  readonly box: Box
  readonly classId: number
  /** For sentences: `object 2 (cat)`, `the box 40,60,80,120 (cat)`. */
  readonly name: string
}

/** What one anchor says of it. */
export interface Claim {
  readonly anchor: number
  /** Probability of the sought class, 0..1. */
  readonly score: number
  /** IoU of the anchor's decoded, clipped box with the sought box, and of the anchor itself. */
  readonly iou: number
  readonly anchorIou: number
  /** The decoded, clipped box, pixels of the network's input. */
  readonly box: Box
  /** The class that the anchor says before all others; null is background. */
  readonly says: number | null
  /** What became of its claim of the sought class; null where the score was below scoreThreshold. */
  readonly verdict: VerdictKind | null
  /** The detection that the claim became or that suppressed it. */
  readonly detection: number | null
  /** Another object that its box sits on better, of the same class and of any class; null where there is none. */
  readonly rival: number | null
  readonly elsewhere: number | null
}

/** What an explanation is made of. */
export interface Case {
  readonly trace: Trace
  readonly sought: Sought
  /** Of {@link readClaims}; never empty. */
  readonly claims: readonly Claim[]
  /** Least score that is shown. */
  readonly shown: number
}

/** The claims of all anchors that stand there, put their box there or answer for it; of all, where none does. */
export function readClaims(trace: Trace, sought: Sought): Claim[] {
  const all = [...trace.anchors.keys()]
  const there = all.filter((anchor) => concerns(trace.anchors[anchor]!, sought))
  return (there.length > 0 ? there : all).map((anchor) => {
    const story = trace.anchors[anchor]!
    const box = clipBox(boxOf(story.predicted.box), trace.config.input)
    const iou = boxIou(box, sought.box)
    const verdict = story.verdicts.find(({ classId }) => classId === sought.classId)
    return {
      anchor,
      score: story.predicted.probabilities[sought.classId + 1]!,
      iou,
      anchorIou:
        sought.object === null ? boxIou(boxOf(story.box), sought.box) : story.ious[sought.object]!,
      box,
      says: claimedClass(trace, anchor),
      verdict: verdict?.kind ?? null,
      detection: verdict?.detection ?? null,
      ...betterPlaces(trace, sought, box, iou),
    }
  })
}

/** Whether an anchor can have anything to do with what is sought: most of thousands have not. */
function concerns({ box, predicted, match }: AnchorTrace, sought: Sought): boolean {
  if (sought.object !== null && match.object === sought.object) return true
  return touches(box, sought.box) || touches(predicted.box, sought.box)
}

function touches([x1, y1, x2, y2]: Four, box: Box): boolean {
  return x1 < box.x2 && x2 > box.x1 && y1 < box.y2 && y2 > box.y1
}

/** A detection counts for the object that it overlaps most, as in judging; so does a claim. */
function betterPlaces(trace: Trace, { object, classId }: Sought, box: Box, iou: number) {
  let rival: number | null = null
  let elsewhere: number | null = null
  if (object === null) return { rival, elsewhere }
  let best = iou
  let bestOfClass = iou
  for (const [m, other] of trace.objects.entries()) {
    if (m === object) continue
    const overlap = boxIou(box, boxOf(other.box))
    if (overlap > best) {
      best = overlap
      elsewhere = m
    }
    if (other.classId === classId && overlap > bestOfClass) {
      bestOfClass = overlap
      rival = m
    }
  }
  return { rival, elsewhere }
}

/** The claim that comes first by a measure; of equals the lower anchor. */
export function best(claims: readonly Claim[], measure: (claim: Claim) => number): Claim {
  return claims.reduce((top, claim) => (measure(claim) > measure(top) ? claim : top))
}
