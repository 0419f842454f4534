/**
 * @file Right or wrong? Pascal VOC's rule for the detections of one class. Take them in descending score
 * over the whole set of images. Each one looks only at the object of its image that it overlaps most:
 *
 * - IoU below iouThreshold, or no object there: false positive;
 * - the object is marked difficult: ignored, it counts neither way;
 * - the object is still free: true positive, and the object is taken;
 * - the object is taken by a better detection: false positive, the second hit is a duplicate.
 *
 * A detection does not fall back on its second-best object: that is VOC's rule and differs from COCO's.
 *
 * Source: VOC2012 devkit, VOCevaldet.m. Ties: equal scores keep the order of images and detections, as
 * Matlab's sort does; of two equally overlapping objects the first is taken.
 */
import * as z from 'zod'
import type { Box } from '../box/box.ts'
import { boxIou } from '../box/iou.ts'
import { checkOptions } from '../check/check-options.ts'
import type { EvaluatedImage } from './images.ts'

/** IoU from which a detection has hit an object, unless told otherwise: Pascal VOC's. */
export const JUDGE_IOU = 0.5

/** What became of a detection. */
export type Verdict = 'true-positive' | 'false-positive' | 'ignored'

/** One detection, judged. */
export interface Judgement {
  /** Position in the list of images. */
  readonly image: number
  /** Position among the image's detections. */
  readonly detection: number
  readonly score: number
  readonly verdict: Verdict
  /** Position among the image's objects of the one it overlaps most in its class; -1 when there is none. */
  readonly object: number
  /** IoU with that object, 0..1. */
  readonly iou: number
}

/** All detections of one class, judged. */
export interface ClassJudgement {
  /** In descending score. */
  readonly judgements: readonly Judgement[]
  /** How many objects there were to find: those not marked difficult. */
  readonly objectCount: number
}

/**
 * How a box's last pixel counts. `continuous`: width = x2 - x1, as everywhere in this project.
 * `inclusive`: width = x2 - x1 + 1, as in the VOC devkit, where x2 names the last pixel inside the box.
 */
export type PixelConvention = 'continuous' | 'inclusive'

/** What to judge and how. */
export interface JudgeOptions {
  readonly classId: number
  /** IoU from which a detection has hit, 0..1. Default .5. */
  readonly iouThreshold?: number
  /** Default `continuous`. */
  readonly pixelConvention?: PixelConvention
}

const judgeSchema = z.strictObject({
  classId: z.number().int().min(0),
  iouThreshold: z.number().min(0).max(1).optional(),
  pixelConvention: z.enum(['continuous', 'inclusive']).optional(),
} satisfies Record<keyof JudgeOptions, z.ZodType>)

/** Judges the detections of one class over all images. @throws E_CONFIG for an option that is unknown or out of range */
export function judgeClass(
  images: readonly EvaluatedImage[],
  options: JudgeOptions,
): ClassJudgement {
  const {
    classId,
    iouThreshold = JUDGE_IOU,
    pixelConvention = 'continuous',
  } = checkOptions(judgeSchema, options, 'judgeClass')
  const iou = pixelConvention === 'inclusive' ? inclusiveIou : boxIou
  const taken = images.map(() => new Set<number>())
  const judgements = detectionsByScore(images, classId).map((place): Judgement => {
    const { groundTruth, detections } = images[place.image]!
    const best = bestObject(detections[place.detection]!.box, groundTruth, classId, iou)
    const hit = best.object >= 0 && best.iou >= iouThreshold
    const verdict = hit ? judgeHit(best.object, groundTruth, taken[place.image]!) : 'false-positive'
    return { ...place, verdict, ...best }
  })
  return { judgements, objectCount: countObjects(images, classId) }
}

function detectionsByScore(images: readonly EvaluatedImage[], classId: number) {
  return images
    .flatMap(({ detections }, image) =>
      detections.flatMap((found, detection) =>
        found.classId === classId ? [{ image, detection, score: found.score }] : [],
      ),
    )
    .sort((a, b) => b.score - a.score)
}

function bestObject(
  box: Box,
  groundTruth: EvaluatedImage['groundTruth'],
  classId: number,
  iou: (a: Box, b: Box) => number,
): { object: number; iou: number } {
  let best = { object: -1, iou: 0 }
  groundTruth.forEach((truth, object) => {
    if (truth.classId !== classId) return
    const overlap = iou(box, truth.box)
    if (best.object < 0 || overlap > best.iou) best = { object, iou: overlap }
  })
  return best
}

function judgeHit(
  object: number,
  groundTruth: EvaluatedImage['groundTruth'],
  taken: Set<number>,
): Verdict {
  if (groundTruth[object]!.difficult) return 'ignored'
  if (taken.has(object)) return 'false-positive'
  taken.add(object)
  return 'true-positive'
}

function countObjects(images: readonly EvaluatedImage[], classId: number): number {
  const ofImage = ({ groundTruth }: EvaluatedImage) =>
    groundTruth.filter((truth) => truth.classId === classId && !truth.difficult).length
  return images.reduce((sum, image) => sum + ofImage(image), 0)
}

/** IoU with one pixel more in width and height, as the devkit has it. */
function inclusiveIou(a: Box, b: Box): number {
  return boxIou({ ...a, x2: a.x2 + 1, y2: a.y2 + 1 }, { ...b, x2: b.x2 + 1, y2: b.y2 + 1 })
}
