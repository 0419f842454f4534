/** @file What a detection turned out to be, by the ground truth of its picture: the evaluation's own verdict, told apart. */
import { boxIou } from '../box/iou.ts'
import { JUDGE_IOU, judgeClass } from '../evaluate/judge.ts'
import { type DetectionKind, TOUCH_IOU } from './finding.ts'
import type { Trace } from './trace.ts'
import { boxOf } from './words.ts'

/** What a detection turned out to be. */
export interface ExplainedDetection {
  readonly kind: DetectionKind
  /** The object that it is on or near. */
  readonly object: number | null
  /** IoU with that object. */
  readonly iou: number
  /** Of a duplicate: the better detection. */
  readonly first: number | null
}

/**
 * Judges one detection of a trace as `eval` would, in pixels of the picture: it counts for the object of its class that
 * it overlaps most, and not at all where that is marked difficult. A false positive is then looked at more closely.
 */
export function judgeDetection(trace: Trace, detection: number): ExplainedDetection {
  const nothing = { object: null, iou: 0, first: null } as const
  if (trace.loss === null) return { kind: 'unknown', ...nothing }
  const { classId } = trace.detections[detection]!
  const { judgements } = judgeClass([imageOf(trace)], { classId, iouThreshold: JUDGE_IOU })
  const { verdict, object, iou } = judgements.find((one) => one.detection === detection)!
  const own = { object: object < 0 || iou === 0 ? null : object, iou, first: null }
  if (verdict === 'true-positive') return { kind: 'right', ...own }
  if (verdict === 'ignored') return { kind: 'ignored', ...own }
  if (iou >= JUDGE_IOU) {
    const taker = judgements.find(
      (one) => one.object === object && one.verdict === 'true-positive',
    )!
    return { kind: 'duplicate', ...own, first: taker.detection }
  }
  const any = bestObject(trace, detection)
  if (any.iou >= JUDGE_IOU) return { kind: 'wrong-class', ...any }
  const nearest = iou >= TOUCH_IOU ? own : any
  return nearest.iou >= TOUCH_IOU
    ? { kind: 'badly-placed', ...nearest }
    : { kind: 'background', ...nothing }
}

/** The trace's picture as an evaluation sees it. */
function imageOf({ objects, detections }: Trace) {
  return {
    groundTruth: objects.map(({ pictureBox, classId, difficult }) => {
      return { box: boxOf(pictureBox), classId, difficult }
    }),
    detections: detections.map(({ pictureBox, classId, score }) => {
      return { box: boxOf(pictureBox), classId, score }
    }),
  }
}

/** The object of any class that a detection overlaps most; of equals the first. */
function bestObject({ objects, detections }: Trace, detection: number) {
  const box = boxOf(detections[detection]!.pictureBox)
  let best: Omit<ExplainedDetection, 'kind'> = { object: null, iou: 0, first: null }
  for (const [object, { pictureBox }] of objects.entries()) {
    const iou = boxIou(box, boxOf(pictureBox))
    if (iou > best.iou) best = { object, iou, first: null }
  }
  return best
}
