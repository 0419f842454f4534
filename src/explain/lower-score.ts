/** @file Would a lower score have shown it? Tried on the trace before it is said. */

import { boxIou } from '../box/iou.ts'
import { countOf } from '../error/count-of.ts'
import { JUDGE_IOU } from '../evaluate/judge.ts'
import { best, type Case, type Claim } from './claims.ts'
import { fateOf, nmsToKeep } from './reselect.ts'
import type { Trace } from './trace.ts'
import { boxOf, className, detectionText, near, placeText, scoreBelow } from './words.ts'

/** What a lower score would do. */
export interface LowerScore {
  /** What would show the claim; empty where nothing short of training would. */
  readonly saved: readonly string[]
  /** What else stands in the way. */
  readonly obstacle: readonly string[]
}

/** What a lower --score would do for a claim whose box sits on the object. */
export function tryLowerScore({ trace, sought, shown }: Case, claim: Claim): LowerScore {
  const { anchor, box, score, iou } = claim
  const lower = scoreBelow(score)
  const scoreThreshold = Math.min(Number(lower), trace.config.detect.scoreThreshold)
  const key = { anchor, classId: sought.classId }
  const fate = fateOf(trace, key, { scoreThreshold })
  const name = className(trace, sought.classId)
  const it = `${name} ${score.toFixed(2)}, IoU ${near(iou, JUDGE_IOU)}`
  const cost = (scores: readonly number[], from: string) =>
    costText(trace, scores, { before: shown, after: Number(from) })
  if (fate?.kind === 'kept')
    return {
      saved: [`--score ${lower} would show it (${it})${cost(fate.scores, lower)}.`],
      obstacle: [],
    }
  if (fate?.suppressor == null) return { saved: [], obstacle: [] }
  const { nmsIouThreshold } = trace.config.detect
  const overlap = boxIou(box, fate.suppressor)
  const enough = nmsToKeep(trace, key, { box, overlap, changes: { scoreThreshold } })
  const both = (level: number, scores: readonly number[]) =>
    `--score ${lower} and nmsIouThreshold ${level} (now ${nmsIouThreshold}) together would show it (${it})${cost(scores, lower)}.`
  return {
    saved: enough === null ? [] : [both(enough.level, enough.scores)],
    obstacle: [
      `A lower --score alone would not show it. NMS (non-maximum suppression) would remove it, because ${suppressorText(trace, fate)} has an IoU of ${near(overlap, nmsIouThreshold)} with it.`,
    ],
  }
}

/**
 * The same for an object without a sure witness: by the best of the faint ones whose box sits on it.
 * @returns what would help; empty where no threshold would have shown it
 */
export function tryFaintest(story: Case): readonly string[] {
  const { claims, shown, trace } = story
  const faint = claims.filter(
    ({ iou, rival, score }) =>
      iou >= JUDGE_IOU &&
      rival === null &&
      score < shown &&
      score > trace.config.detect.scoreThreshold,
  )
  if (faint.length === 0) return []
  const free = faint.filter(({ verdict }) => verdict === 'kept')
  const likeliest = best(free.length > 0 ? free : faint, ({ score }) => score)
  return tryLowerScore(story, likeliest).saved
}

/**
 * What an advice costs: `, among 27 boxes instead of 14`.
 * @param scores of all detections under the changed thresholds
 * @param shown least score that is shown before and after the change
 */
export function costText(
  { detections }: Trace,
  scores: readonly number[],
  shown: { readonly before: number; readonly after: number },
): string {
  const now = detections.filter(({ score }) => score >= shown.before).length
  const then = scores.filter((score) => score >= shown.after).length
  return `, among ${countOf(then, 'box', 'boxes')} instead of ${now}`
}

/** The box that would remove it; below the trace's own threshold it has no number. */
function suppressorText(trace: Trace, fate: NonNullable<ReturnType<typeof fateOf>>): string {
  const known = trace.detections[fate.detection!]
  return known === undefined || !sameBox(boxOf(known.box), fate.suppressor!)
    ? `a better box at ${placeText(trace, fate.suppressor!)}`
    : detectionText(trace, fate.detection!)
}

const sameBox = (a: ReturnType<typeof boxOf>, b: ReturnType<typeof boxOf>) =>
  a.x1 === b.x1 && a.y1 === b.y1 && a.x2 === b.x2 && a.y2 === b.y2
