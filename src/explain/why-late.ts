/**
 * @file Found by the network and lost afterwards, or not lost: an anchor gets the correct class, and its box is on
 * the object. What remains are the three filters of src/detect/select.ts: score, NMS, limits.
 */

import { boxIou } from '../box/iou.ts'
import { countOf } from '../error/count-of.ts'
import { JUDGE_IOU } from '../evaluate/judge.ts'
import type { Case, Claim } from './claims.ts'
import type { Telling } from './finding.ts'
import { costText, tryLowerScore } from './lower-score.ts'
import { fateOf, nmsToKeep } from './reselect.ts'
import type { Trace } from './trace.ts'
import {
  anchorText,
  boxOf,
  chancesText,
  className,
  detectionText,
  near,
  objectText,
  placeText,
} from './words.ts'

/** A limit that no list of boxes reaches. */
const UNLIMITED = Number.MAX_SAFE_INTEGER

/** It was not lost. */
export function tellFound({ trace, sought, shown }: Case, claim: Claim): Telling {
  const { detection, iou, score, anchor } = claim
  return {
    sentences: [
      `It was found: ${detectionText(trace, detection!)} is on it, IoU ${near(iou, JUDGE_IOU)}, at or above ${JUDGE_IOU.toFixed(2)}.`,
      `It comes from ${anchorText(trace, anchor)}, which gets ${className(trace, sought.classId)} ${near(score, shown)}, at or above the minimum score of ${shown.toFixed(2)}.`,
    ],
    saved: [],
    facts: { score, iou, shownScore: shown, judgeIou: JUDGE_IOU },
  }
}

/** Seen, but below the minimum score. */
export function tellScore(story: Case, claim: Claim): Telling {
  const { trace, sought, shown } = story
  const { anchor, iou, score } = claim
  const { saved, obstacle } = tryLowerScore(story, claim)
  const chances = chancesText(trace, anchor, [sought.classId, null])
  return {
    sentences: [
      sitsText(trace, claim),
      `It gets ${chances}, below the minimum score of ${shown.toFixed(2)}.`,
      ...obstacle,
    ],
    saved,
    facts: { score, iou, shownScore: shown },
  }
}

/** Removed by NMS in favour of a better box. */
export function tellSuppressed({ trace, sought, shown }: Case, claim: Claim): Telling {
  const { anchor, box, iou, score } = claim
  const detection = claim.detection!
  const overlap = boxIou(box, boxOf(trace.detections[detection]!.box))
  const { nmsIouThreshold } = trace.config.detect
  const enough = nmsToKeep(trace, { anchor, classId: sought.classId }, { box, overlap })
  return {
    sentences: [
      `${sitsText(trace, claim)} It gets ${className(trace, sought.classId)} ${score.toFixed(2)}.`,
      `But ${detectionText(trace, detection)} has a higher score, and their IoU is ${near(overlap, nmsIouThreshold)}. Above ${nmsIouThreshold}, NMS (non-maximum suppression) keeps only the better of two boxes of a class.`,
      whereText(trace, detection),
    ],
    saved:
      enough === null
        ? []
        : [
            `nmsIouThreshold ${enough.level} (now ${nmsIouThreshold}) would have kept it${costText(trace, enough.scores, { before: shown, after: shown })}.`,
          ],
    facts: {
      score,
      iou,
      overlap,
      nmsIouThreshold,
      ...(enough !== null && { enough: enough.level }),
    },
  }
}

/** One too many. */
export function tellLimit({ trace, sought }: Case, claim: Claim): Telling {
  const { anchor, iou, score } = claim
  const { maxCandidates, maxDetections } = trace.config.detect
  const name = className(trace, sought.classId)
  const key = { anchor, classId: sought.classId }
  const fate = fateOf(trace, key, { maxCandidates: UNLIMITED, maxDetections: UNLIMITED })!
  const ofClass = claim.verdict === 'max-candidates'
  const limit = ofClass
    ? `NMS looks at the best ${countOf(maxCandidates, 'box', 'boxes')} per class (maxCandidates), and this is number ${fate.place} of ${name}`
    : `the detector keeps at most ${countOf(maxDetections, 'detection')} (maxDetections), and all of those have higher scores`
  const kept = fate.kind === 'kept'
  const needed = {
    ...(fate.place > maxCandidates && { maxCandidates: fate.place }),
    ...(kept && fate.detection! >= maxDetections && { maxDetections: fate.detection! + 1 }),
  }
  const advice = Object.entries(needed).map(([limit, value]) => `${limit} ${value}`)
  const sentences = [
    `${sitsText(trace, claim)} It gets ${name} ${score.toFixed(2)}.`,
    `But ${limit}.`,
  ]
  if (!kept)
    sentences.push('With a higher limit NMS would have removed it in favour of a better box.')
  return {
    sentences,
    saved: kept ? [`${advice.join(' and ')} would have kept it.`] : [],
    facts: { score, iou, maxCandidates, maxDetections, place: fate.place },
  }
}

/** That a box is on the object, with numbers. */
export function sitsText(trace: Trace, { anchor, box, iou }: Claim): string {
  return `The network saw it. The box of ${anchorText(trace, anchor)}, ${placeText(trace, box)}, has an IoU of ${near(iou, JUDGE_IOU)} with it.`
}

/** Which object a detection is on. */
function whereText(trace: Trace, detection: number): string {
  const box = boxOf(trace.detections[detection]!.box)
  const ious = trace.objects.map((object) => boxIou(box, boxOf(object.box)))
  const iou = Math.max(0, ...ious)
  const name = `etection ${detection + 1}`
  if (trace.loss === null) return `Without labels it is unknown what d${name} is on.`
  if (iou === 0) return `D${name} itself is on no object.`
  const object = objectText(trace, ious.indexOf(iou))
  if (iou < JUDGE_IOU)
    return `D${name} itself is on no object. Its best IoU is ${near(iou, JUDGE_IOU)}, with ${object}.`
  return `D${name} is on ${object}, IoU ${near(iou, JUDGE_IOU)}. The two objects are so close together that they were taken for one.`
}
