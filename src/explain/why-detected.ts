/** @file "Why was this detected?" The anchor behind a detection: what it covers, its correct class, and the class it gets. */

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
      `It gets ${chancesText(trace, anchor, ids)}.`,
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
  const overlap = `IoU ${near(iou, JUDGE_IOU)}`
  switch (kind) {
    case 'right':
      return `${begin} is correct. It is on ${on}, ${overlap}.`
    case 'ignored':
      return `${begin} is on ${on}, ${overlap}, which is marked difficult. It counts neither as correct nor as wrong.`
    case 'duplicate':
      return `${begin} is on ${on}, ${overlap}, but ${detectionText(trace, first!)} found that object already. A duplicate is wrong.`
    case 'wrong-class':
      return `${begin} has the wrong class. It is on ${on}, ${overlap}.`
    case 'badly-placed': {
      const wanted = boxOf(trace.objects[object!]!.box)
      const off = differenceText(trace, boxOf(trace.detections[detection]!.box), wanted)
      return `${begin} is badly placed. The nearest object is ${on}, ${overlap}, below ${JUDGE_IOU.toFixed(2)}. Its box is ${off}.`
    }
    case 'background':
      return `${begin} is on nothing that is labelled. No object has an IoU of ${TOUCH_IOU} or more with it. If something is there, its label is missing.`
    default:
      return `${begin}. Without labels it is unknown whether it is correct.`
  }
}

/** What its anchor overlaps, and its correct class by the labels. */
function sawText(trace: Trace, anchor: number): string[] {
  const { match, ious } = trace.anchors[anchor]!
  const place = `It comes from ${anchorText(trace, anchor)}`
  if (trace.loss === null) return [`${place}.`]
  const { object, bestObject, bestIou, reason } = match
  const seen =
    bestObject === null
      ? 'which touches no object'
      : `whose IoU with ${objectText(trace, bestObject)} is ${bestIou.toFixed(2)}${othersText(ious)}`
  const { matchIouThreshold } = trace.config.match
  const told =
    object === null
      ? `background${bestObject === null ? '' : `, because ${near(bestIou, matchIouThreshold)} is below the threshold, ${matchIouThreshold}`}`
      : `${className(trace, trace.objects[object]!.classId)}, for ${objectText(trace, object)}${reason === 'forced' ? ', which no anchor fits better' : ''}`
  return [`${place}, ${seen}.`, `In training its correct class is ${told}.`]
}

function othersText(ious: readonly number[]): string {
  const others = ious.filter((iou) => iou > 0).length - 1
  return others <= 0 ? '' : ` (less with ${countOf(others, 'other')})`
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
