/** @file What an explanation is: the first thing that went wrong, told in sentences, with the numbers they rest on. */
import { SHOWN_SCORE } from '../detect/detection.ts'

/** IoU below which a box has nothing to do with an object (TIDE, arXiv 2008.08115: background error). */
export const TOUCH_IOU = 0.1

/**
 * Where an object was lost, in the order in which a detector works:
 *
 * - `no-anchor`: no anchor fits it well enough; `lost-anchor`: another object took its only one
 * - `box-off`: seen, but the box is too far off; `other-class`, `background`: taken for something else
 * - `score`: seen, but not surely enough to be shown; `suppressed`: removed in favour of a better box;
 *   `limit`: one too many
 * - `found`: it was not lost
 */
export type Stage =
  | 'no-anchor'
  | 'lost-anchor'
  | 'box-off'
  | 'other-class'
  | 'background'
  | 'score'
  | 'suppressed'
  | 'limit'
  | 'found'

/**
 * What a detection is: right; on an object marked difficult, which counts neither way; a second hit of the same object;
 * right place, wrong class; near an object (IoU .1 to .5); on nothing; or, without ground truth, nobody knows.
 */
export type DetectionKind =
  | 'right'
  | 'ignored'
  | 'duplicate'
  | 'wrong-class'
  | 'badly-placed'
  | 'background'
  | 'unknown'

/** An explanation in words. Objects and detections are counted from 1 in sentences, anchors from 0. */
export interface Telling {
  /** Plain English; boxes are x1,y1,x2,y2 in pixels of the picture. */
  readonly sentences: readonly string[]
  /** What would have saved it, with numbers; each was tried on the trace where it can be. */
  readonly saved: readonly string[]
  /** The numbers that the sentences rest on: scores and IoUs 0..1, counts, pixels of the picture. */
  readonly facts: Readonly<Record<string, number>>
}

/** Why an object was missed, or that it was not. */
export interface MissedFinding extends Telling {
  readonly stage: Stage
  /** The anchor that the story is about, 0..A-1. */
  readonly anchor: number | null
  /** The detection that found it, stands in its way or has another class, from 0; null where there is none. */
  readonly detection: number | null
}

/** Why something was detected. `saved` says what would have kept a wrong one away. */
export interface DetectedFinding extends Telling {
  readonly kind: DetectionKind
  /** The anchor that detected it, 0..A-1. */
  readonly anchor: number
  /** The detection itself, from 0. */
  readonly detection: number
  /** The object that it is on or near, from 0; null where there is none. */
  readonly object: number | null
}

/** How detections are shown. */
export interface WhyOptions {
  /** Least score of a detection that a person gets to see, 0..1. Default .5, as in `detect`. */
  readonly shownScore?: number
}

/** The least score that is shown: a trace knows nothing below its own threshold. */
export function shownFrom(
  { shownScore = SHOWN_SCORE }: WhyOptions,
  detect: { readonly scoreThreshold: number },
): number {
  return Math.max(shownScore, detect.scoreThreshold)
}
