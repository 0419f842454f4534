/** @file "Why was this detected?" The anchor behind a detection: what it saw, what it should say, and what it says. */

import { boxIou } from '../box/iou.ts'
import { countOf } from '../error/count-of.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { JUDGE_IOU } from '../evaluate/judge.ts'
import {
  type DetectedFinding,
  type DetectionKind,
  shownFrom,
  TOUCH_IOU,
  type WhyOptions,
} from './finding.ts'
import { type ExplainedDetection, judgeDetection } from './judge-detection.ts'
import type { Trace } from './trace.ts'
import {
  anchorText,
  boxOf,
  capital,
  chancesText,
  className,
  detectionText,
  differenceText,
  near,
  objectText,
} from './words.ts'

/**
 * Why something was detected; above all, why wrongly.
 * @param detection its place in the trace's list, from 0
 * @throws SingleshotError E_USAGE when there is no such detection
 */
export function whyDetected(
  trace: Trace,
  detection: number,
  options: WhyOptions = {},
): DetectedFinding {
  const found = trace.detections[detection]
  if (found === undefined) {
    const rule = `expected a detection from 0 to ${trace.detections.length - 1}`
    throw new SingleshotError('E_USAGE', { where: 'why', rule, got: detection })
  }
  const judged = judgeDetection(trace, detection)
  const { anchor, score, classId } = found
  const { probabilities } = trace.anchors[anchor]!.predicted
  const ids = [classId, ...likeliest(probabilities), null]
  return {
    kind: judged.kind,
    anchor,
    detection,
    object: judged.object,
    sentences: [
      kindText(trace, detection, judged),
      ...sawText(trace, anchor),
      `It says ${chancesText(trace, anchor, ids)}.`,
    ],
    saved: savedText(trace, detection, judged, shownFrom(options, trace.config.detect)),
    facts: { score, iou: judged.iou, ...(judged.first !== null && { first: judged.first }) },
  }
}

/** The two likeliest classes. */
function likeliest(probabilities: readonly number[]): number[] {
  return probabilities
    .slice(1)
    .map((chance, classId) => ({ chance, classId }))
    .sort((a, b) => b.chance - a.chance)
    .slice(0, 2)
    .map(({ classId }) => classId)
}

function kindText(
  trace: Trace,
  detection: number,
  { kind, object, iou, first }: ExplainedDetection,
): string {
  const name = detectionText(trace, detection)
  const begin = capital(name)
  const on = object === null ? '' : objectText(trace, object)
  const overlap = `overlap (IoU) ${near(iou, JUDGE_IOU)}`
  switch (kind) {
    case 'right':
      return `${begin} is right: it is on ${on}, ${overlap}.`
    case 'ignored':
      return `${begin} is on ${on}, ${overlap}, which is marked difficult: it counts neither as right nor as wrong.`
    case 'duplicate':
      return `${begin} is on ${on}, ${overlap}, but ${detectionText(trace, first!)} found that object already: a second hit is a mistake.`
    case 'wrong-class':
      return `${begin} has the wrong class: it is on ${on}, ${overlap}.`
    case 'badly-placed': {
      const wanted = boxOf(trace.objects[object!]!.box)
      const off = differenceText(trace, boxOf(trace.detections[detection]!.box), wanted)
      return `${begin} is badly placed: nearest is ${on}, ${overlap}, and ${JUDGE_IOU.toFixed(2)} is needed. Its box is ${off}.`
    }
    case 'background':
      return `${begin} is on nothing that is labelled: no object overlaps it by ${TOUCH_IOU} or more. If something is there, its label is missing.`
    default:
      return `${begin}. Without ground truth nobody knows whether it is right.`
  }
}

/** What its anchor overlaps, and what the labels say that it should say. */
function sawText(trace: Trace, anchor: number): string[] {
  const { match, ious } = trace.anchors[anchor]!
  const place = `It comes from ${anchorText(trace, anchor)}`
  if (trace.loss === null) return [`${place}.`]
  const { object, bestObject, bestIou, reason } = match
  const seen =
    bestObject === null
      ? 'which overlaps no object'
      : `which overlaps ${objectText(trace, bestObject)} by ${bestIou.toFixed(2)}${othersText(ious)}`
  const { matchIouThreshold } = trace.config.match
  const told =
    object === null
      ? `background${bestObject === null ? '' : `, because ${near(bestIou, matchIouThreshold)} is below ${matchIouThreshold}`}`
      : `${className(trace, trace.objects[object]!.classId)}, for ${objectText(trace, object)}${reason === 'forced' ? ', which no anchor fits better' : ''}`
  return [`${place}, ${seen}.`, `By the labels it should say ${told}.`]
}

function othersText(ious: readonly number[]): string {
  const others = ious.filter((iou) => iou > 0).length - 1
  return others <= 0 ? '' : ` (and ${countOf(others, 'other')} less)`
}

/** Detections that nobody wants to keep away. */
const UNDISPUTED: readonly DetectionKind[] = ['right', 'ignored', 'unknown']

function savedText(
  trace: Trace,
  detection: number,
  judged: ExplainedDetection,
  shown: number,
): string[] {
  const { score, box } = trace.detections[detection]!
  if (UNDISPUTED.includes(judged.kind) || score < shown) return []
  // One hundredth above what the sentences show.
  const above = (Math.round(score * 100) + 1) / 100
  const saved = above < 1 ? [`--score ${above.toFixed(2)} would hide it.`] : []
  if (judged.first === null) return saved
  const overlap = boxIou(boxOf(box), boxOf(trace.detections[judged.first]!.box))
  const { nmsIouThreshold } = trace.config.detect
  if (trace.detections[judged.first]!.classId === trace.detections[detection]!.classId)
    saved.push(
      `nmsIouThreshold below ${near(overlap, nmsIouThreshold)} (now ${nmsIouThreshold}) would remove it in favour of detection ${judged.first + 1}.`,
    )
  return saved
}
