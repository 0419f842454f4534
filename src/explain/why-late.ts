/**
 * @file Found by the network and lost afterwards, or not lost: an anchor says the right class and its box sits on
 * the object. What remains are the three sieves of src/detect/select.ts: score, NMS, limits.
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
  capital,
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
      `It was found: ${detectionText(trace, detection!)} sits on it, overlap (IoU) ${near(iou, JUDGE_IOU)}; ${JUDGE_IOU.toFixed(2)} is needed.`,
      `${capital(anchorText(trace, anchor))} made it, and is sure enough: ${className(trace, sought.classId)} ${near(score, shown)}; scores from ${shown.toFixed(2)} on are shown.`,
    ],
    saved: [],
    facts: { score, iou, shownScore: shown, judgeIou: JUDGE_IOU },
  }
}

/** Seen, but below the least score that is shown. */
export function tellScore(story: Case, claim: Claim): Telling {
  const { trace, sought, shown } = story
  const { anchor, iou, score } = claim
  const { saved, obstacle } = tryLowerScore(story, claim)
  const chances = chancesText(trace, anchor, [sought.classId, null])
  return {
    sentences: [
      sitsText(trace, claim),
      `It says ${chances}: only scores from ${shown.toFixed(2)} on are shown.`,
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
      `${sitsText(trace, claim)} It says ${className(trace, sought.classId)} ${score.toFixed(2)}.`,
      `But of boxes of one class that overlap by more than ${nmsIouThreshold} only the best stays (non-maximum suppression, NMS), and ${detectionText(trace, detection)} is better and overlaps it by ${near(overlap, nmsIouThreshold)}.`,
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
    ? `for each class NMS is given at most ${countOf(maxCandidates, 'box', 'boxes')}, the best (maxCandidates), and this is number ${fate.place} of ${name}`
    : `the detector gives at most ${countOf(maxDetections, 'detection')} (maxDetections), and surer boxes took them all`
  const kept = fate.kind === 'kept'
  const needed = {
    ...(fate.place > maxCandidates && { maxCandidates: fate.place }),
    ...(kept && fate.detection! >= maxDetections && { maxDetections: fate.detection! + 1 }),
  }
  const advice = Object.entries(needed).map(([limit, value]) => `${limit} ${value}`)
  const sentences = [
    `${sitsText(trace, claim)} It says ${name} ${score.toFixed(2)}.`,
    `But ${limit}.`,
  ]
  if (!kept)
    sentences.push('With a higher limit a better box beside it would have removed it (NMS).')
  return {
    sentences,
    saved: kept ? [`${advice.join(' and ')} would have kept it.`] : [],
    facts: { score, iou, maxCandidates, maxDetections, place: fate.place },
  }
}

/** That a box sits on the object, with numbers. */
export function sitsText(trace: Trace, { anchor, box, iou }: Claim): string {
  return `The network saw it: the box of ${anchorText(trace, anchor)}, ${placeText(trace, box)}, overlaps it (IoU) by ${near(iou, JUDGE_IOU)}.`
}

/** Which object a detection is on. */
function whereText(trace: Trace, detection: number): string {
  const box = boxOf(trace.detections[detection]!.box)
  const ious = trace.objects.map((object) => boxIou(box, boxOf(object.box)))
  const iou = Math.max(0, ...ious)
  const name = `etection ${detection + 1}`
  if (trace.loss === null) return `Without ground truth nobody knows what d${name} is on.`
  if (iou === 0) return `D${name} itself is on no object.`
  const object = objectText(trace, ious.indexOf(iou))
  if (iou < JUDGE_IOU)
    return `D${name} itself is on no object: its best overlap is ${near(iou, JUDGE_IOU)}, with ${object}.`
  return `D${name} is on ${object}, IoU ${near(iou, JUDGE_IOU)}: two objects so close together were taken for one.`
}
