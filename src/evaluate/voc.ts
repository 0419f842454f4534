/**
 * @file mAP as Pascal VOC defines it: each class gets its AP, and mAP is their mean over the classes that
 * have something to find. Objects marked difficult count neither way.
 *
 * Source: Everingham and others, "The Pascal Visual Object Classes Challenge", IJCV 2010, section 4.2.
 */
import * as z from 'zod'
import { checkOptions } from '../check/check-options.ts'
import { averagePrecision } from './average-precision.ts'
import { checkClassIds, type EvaluatedImage } from './images.ts'
import {
  type ClassJudgement,
  JUDGE_IOU,
  judgeClass,
  type PixelConvention,
  type Verdict,
} from './judge.ts'
import { precisionRecall } from './precision-recall.ts'

/** Which of the VOC protocols. */
export interface VocOptions {
  /** IoU from which a detection has hit. Default .5, VOC's. */
  readonly iouThreshold?: number
  /** Default `every-point` (VOC 2010 on); the SSD paper's VOC2007 numbers are `11-point`. */
  readonly points?: '11-point' | 'every-point'
  /** Default `continuous`; the devkit's is `inclusive`. */
  readonly pixelConvention?: PixelConvention
}

/** Of the devkit since 2010. */
const DEFAULT_POINTS = 'every-point'

const vocSchema = z.strictObject({
  iouThreshold: z.number().min(0).max(1).optional(),
  points: z.enum(['11-point', 'every-point']).optional(),
  pixelConvention: z.enum(['continuous', 'inclusive']).optional(),
} satisfies Record<keyof VocOptions, z.ZodType>)

/** One class under the protocol. */
export interface VocClassResult {
  readonly classId: number
  readonly className: string
  /** 0..1; null when the class has no object to find. */
  readonly averagePrecision: number | null
  /** Objects to find, difficult ones not counted. */
  readonly objects: number
  readonly truePositives: number
  readonly falsePositives: number
  /** Detections that hit a difficult object. */
  readonly ignored: number
}

/** A test set under the protocol. */
export interface VocResult {
  /** The protocol by name, to be printed beside every number. */
  readonly protocol: string
  /** Mean AP, 0..1, over the classes that have an object; null when none has. */
  readonly meanAveragePrecision: number | null
  readonly classes: readonly VocClassResult[]
}

/**
 * Evaluates detections against ground truth by Pascal VOC's protocol.
 * @param images boxes in pixels of the original images
 * @param classes names in class-id order, without background
 * @throws E_CLASS_UNKNOWN when a class id is not in the list; E_CONFIG for an option that is unknown or out of range
 * @example
 * ```js
 * import { evaluateVoc } from 'singleshot/evaluate'
 *
 * const box = { x1: 10, y1: 5, x2: 40, y2: 25 }
 * const image = {
 *   groundTruth: [{ box, classId: 0, difficult: false }],
 *   detections: [{ box, classId: 0, score: 0.9 }],
 * }
 * console.log(evaluateVoc([image], ['cat']).meanAveragePrecision) // → 1
 * ```
 */
export function evaluateVoc(
  images: readonly EvaluatedImage[],
  classes: readonly string[],
  options: VocOptions = {},
): VocResult {
  const { points = DEFAULT_POINTS, ...judging } = checkOptions(vocSchema, options, 'evaluateVoc')
  checkClassIds(images, classes)
  const results = classes.map((className, classId): VocClassResult => {
    const judged = judgeClass(images, { ...judging, classId })
    return { classId, className, ...summarise(judged, points) }
  })
  return {
    protocol: nameProtocol(options),
    meanAveragePrecision: meanOfKnown(results.map((result) => result.averagePrecision)),
    classes: results,
  }
}

/** `VOC every-point AP at IoU .50`, with the pixel convention when it is not ours. */
function nameProtocol(options: VocOptions): string {
  const { iouThreshold = JUDGE_IOU, points = DEFAULT_POINTS, pixelConvention } = options
  const convention = pixelConvention === 'inclusive' ? ', inclusive pixels' : ''
  return `VOC ${points} AP at IoU ${iouThreshold.toFixed(2).replace(/^0/, '')}${convention}`
}

function summarise(judged: ClassJudgement, points: '11-point' | 'every-point') {
  const { judgements, objectCount } = judged
  const count = (verdict: Verdict) => judgements.filter((one) => one.verdict === verdict).length
  const curve = precisionRecall(judgements, objectCount)
  return {
    averagePrecision: objectCount === 0 ? null : averagePrecision(curve, points),
    objects: objectCount,
    truePositives: count('true-positive'),
    falsePositives: count('false-positive'),
    ignored: count('ignored'),
  }
}

/** The mean of the values that are not null; null when all are. */
export function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return null
  return known.reduce((sum, value) => sum + value, 0) / known.length
}
