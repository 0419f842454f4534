/**
 * @file Never seen: no anchor gets the correct class with a box on the object. Either no anchor was responsible (none fits,
 * or another object took it), or those that are there get another class, or their box is elsewhere.
 */

import { JUDGE_IOU } from '../evaluate/judge.ts'
import { tellNoAnchor } from './anchor-fit.ts'
import { best, type Case, type Claim } from './claims.ts'
import {
  becameOf,
  tellBackground,
  tellBoxOff,
  tellLostAnchor,
  tellOtherClass,
} from './early-stories.ts'
import type { MissedFinding, Stage, Telling } from './finding.ts'
import { capital, detectionText, near, objectText } from './words.ts'

/** Why no anchor saw it. */
export function tellUnseen(story: Case): MissedFinding {
  const finding = firstCause(story)
  return { ...finding, sentences: [...finding.sentences, ...sharedText(story)] }
}

/** Where a detection that covers it counts for another object: two were taken for one. */
function sharedText({ trace, claims, shown }: Case): string[] {
  const sharing = claims.filter(
    ({ iou, rival, verdict, score }) =>
      iou >= JUDGE_IOU && rival !== null && verdict === 'kept' && score >= shown,
  )
  return sharing.slice(0, 1).map(({ detection, iou, rival }) => {
    const name = capital(detectionText(trace, detection!))
    return `${name} covers it too, IoU ${near(iou, JUDGE_IOU)}, but covers ${objectText(trace, rival!)} better and counts for that one. The two were taken for one.`
  })
}

function firstCause(story: Case): MissedFinding {
  const { trace, sought, claims } = story
  // The same 32-bit comparison as in matching.
  const level = Math.fround(trace.config.match.matchIouThreshold)
  const fitting = best(claims, ({ anchorIou }) => anchorIou)
  if (Math.fround(fitting.anchorIou) < level)
    return finish('no-anchor', fitting, null, tellNoAnchor(story, fitting))
  const object = sought.object === null ? undefined : trace.objects[sought.object]!
  if (object?.anchors.length === 0)
    return finish('lost-anchor', fitting, null, tellLostAnchor(story, fitting))
  const around = neighbours(story, level)
  const off = around.filter(({ says, score }) => says === sought.classId || score >= story.shown)
  if (off.length > 0) {
    const nearest = best(off, ({ iou }) => iou)
    return finish('box-off', nearest, nearest.detection, tellBoxOff(story, nearest))
  }
  const other = around.filter(({ says }) => says !== null)
  if (other.length > 0) {
    const surest = best(other, ({ iou, anchor, says }) => {
      const chance = trace.anchors[anchor]!.predicted.probabilities[says! + 1]!
      return chance + (iou >= JUDGE_IOU ? 1 : 0)
    })
    return finish('other-class', surest, becameOf(story, surest), tellOtherClass(story, surest))
  }
  const surest = best(around, ({ score }) => score)
  return finish('background', surest, null, tellBackground(story, surest))
}

function finish(
  stage: Stage,
  { anchor }: Claim,
  detection: number | null,
  telling: Telling,
): MissedFinding {
  return { stage, anchor, detection, ...telling }
}

/** The anchors that count: those responsible for it, those that fit it, and those whose box is on it and on nothing better. */
function neighbours({ trace, sought, claims }: Case, level: number): readonly Claim[] {
  const standing = claims.filter(
    ({ anchor, anchorIou }) =>
      Math.fround(anchorIou) >= level ||
      (sought.object !== null && trace.anchors[anchor]!.match.object === sought.object),
  )
  const sitting = claims.filter(({ iou }) => iou >= JUDGE_IOU)
  const own = [...standing, ...sitting].filter(({ elsewhere }) => elsewhere === null)
  return own.length > 0 ? own : standing
}
