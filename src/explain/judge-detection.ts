/** @file What a detection turned out to be, by the ground truth of its picture. */
import { boxIou } from '../box/iou.ts'
import { type DetectionKind, JUDGE_IOU, TOUCH_IOU } from './finding.ts'
import type { Trace } from './trace.ts'
import { boxOf } from './words.ts'

/** What a detection turned out to be. */
export interface JudgedDetection {
  readonly kind: DetectionKind
  /** The object that it is on or near. */
  readonly object: number | null
  /** IoU with that object. */
  readonly iou: number
  /** Of a duplicate: the better detection. */
  readonly first: number | null
}

/** By Pascal VOC's rule: a detection looks only at the object of its class that it overlaps most. */
export function judgeDetection(trace: Trace, detection: number): JudgedDetection {
  const unknown = { kind: 'unknown', object: null, iou: 0, first: null } as const
  if (trace.loss === null) return unknown
  const own = bestObject(trace, detection, true)
  const any = bestObject(trace, detection, false)
  if (own.iou >= JUDGE_IOU) {
    const first = trace.detections.findIndex((_, d) => {
      const hit = bestObject(trace, d, true)
      return hit.object === own.object && hit.iou >= JUDGE_IOU
    })
    return first < detection
      ? { kind: 'duplicate', ...own, first }
      : { kind: 'right', ...own, first: null }
  }
  if (any.iou >= JUDGE_IOU) return { kind: 'wrong-class', ...any, first: null }
  const nearest = own.iou >= TOUCH_IOU ? own : any
  if (nearest.iou >= TOUCH_IOU) return { kind: 'badly-placed', ...nearest, first: null }
  return { ...unknown, kind: 'background' }
}

function bestObject({ objects, detections }: Trace, detection: number, ofClass: boolean) {
  const { box, classId } = detections[detection]!
  let best: { object: number | null; iou: number } = { object: null, iou: 0 }
  for (const [object, other] of objects.entries()) {
    if (ofClass && other.classId !== classId) continue
    const iou = boxIou(boxOf(box), boxOf(other.box))
    if (iou > best.iou) best = { object, iou }
  }
  return best
}
