/** @file The stories of objects that no anchor saw, one for each cause (why-early.ts decides which). */

import { countOf } from '../error/count-of.ts'
import { JUDGE_IOU } from '../evaluate/judge.ts'
import { classLossOf } from '../loss/class/class-losses.ts'
import { bestAnchorText } from './anchor-fit.ts'
import type { Case, Claim } from './claims.ts'
import type { Telling } from './finding.ts'
import { tryFaintest } from './lower-score.ts'
import {
  anchorText,
  capital,
  chancesText,
  className,
  detectionText,
  differenceText,
  near,
  objectText,
  placeText,
} from './words.ts'

/** Another object has its only anchor, or there were too few. */
export function tellLostAnchor({ trace, sought }: Case, fitting: Claim): Telling {
  const { lostTo } = trace.objects[sought.object!]!
  const { object: owner } = trace.anchors[fitting.anchor]!.match
  const taker = lostTo ?? owner
  const overwritten = lostTo !== null
  return {
    sentences: [
      bestAnchorText(trace, fitting),
      taker === null
        ? 'But no anchor is responsible for it, because there are more objects than anchors.'
        : `But that anchor is responsible for ${objectText(trace, taker)}, and no other one is left for this object. In training its place is background.`,
    ],
    saved: [
      overwritten
        ? 'Train again with the matcher `bipartite` (now `overwriting`), which lets no object take another one’s anchor.'
        : `Train again with more anchors, in a finer grid or with more shapes per cell (now ${trace.anchors.length} for ${countOf(trace.objects.length, 'object')}).`,
    ],
    facts: { anchorIou: fitting.anchorIou, ...(taker !== null && { takenBy: taker }) },
  }
}

/** The correct class, the wrong place. */
export function tellBoxOff(story: Case, claim: Claim): Telling {
  const { trace, sought } = story
  const { anchor, box, iou, score, elsewhere } = claim
  const sentences = [
    `${capital(anchorText(trace, anchor))} is there and gets ${chancesText(trace, anchor, [sought.classId, null])}.`,
    `But its box, ${placeText(trace, box)}, is ${differenceText(trace, box, sought.box)}. Its IoU is ${near(iou, JUDGE_IOU)}, below ${JUDGE_IOU.toFixed(2)}.`,
  ]
  if (elsewhere !== null)
    sentences.push(`It fits ${objectText(trace, elsewhere)} better, which is close by.`)
  return {
    sentences,
    saved: adviceFor(story),
    facts: { score, iou, judgeIou: JUDGE_IOU, anchorIou: claim.anchorIou },
  }
}

/** The wrong class. */
export function tellOtherClass(story: Case, claim: Claim): Telling {
  const { trace, sought } = story
  const { anchor, says, score, iou } = claim
  const detection = becameOf(story, claim)
  const chances = chancesText(trace, anchor, [says, sought.classId, null])
  const sentences = [
    `It was taken for ${className(trace, says)}. ${capital(anchorText(trace, anchor))} gets ${chances}.`,
  ]
  if (detection !== null && iou >= JUDGE_IOU)
    sentences.push(`So it became ${detectionText(trace, detection)}, IoU ${iou.toFixed(2)}.`)
  const chance = trace.anchors[anchor]!.predicted.probabilities[says! + 1]!
  if (chance >= SURE) sentences.push('A score this high may also mean that the label is wrong.')
  return {
    sentences,
    saved: adviceFor(story),
    facts: { score, otherScore: chance, otherClass: says!, iou },
  }
}

/** Chance of another class from which the label is worth a look. */
const SURE = 0.9

/** The detection that a claim of another class became; null where it became none. */
export function becameOf({ trace }: Case, { anchor, says }: Claim): number | null {
  const verdict = trace.anchors[anchor]!.verdicts.find(({ classId }) => classId === says)
  return verdict?.kind === 'kept' ? verdict.detection : null
}

/** No class at all. */
export function tellBackground(story: Case, claim: Claim): Telling {
  const { trace, sought } = story
  const { anchor, score, iou, anchorIou } = claim
  const background = trace.anchors[anchor]!.predicted.probabilities[0]!
  const { hasBackground } = classLossOf(trace.config.loss.classLoss)
  const chances = chancesText(trace, anchor, [null, sought.classId])
  return {
    sentences: [
      `The network took it for background. The surest anchor there, ${anchorText(trace, anchor)}, has an IoU of ${anchorIou.toFixed(2)} with it and gets ${chances}${hasBackground ? '' : ' (0.50 or more would be a yes)'}.`,
    ],
    saved: adviceFor(story),
    facts: { score, iou, anchorIou, ...(hasBackground && { background }) },
  }
}

/** A lower score, or nothing short of training. */
function adviceFor(story: Case): readonly string[] {
  const saved = tryFaintest(story)
  return saved.length > 0
    ? saved
    : ['No threshold would have shown it. Only more training on pictures like this can help.']
}
