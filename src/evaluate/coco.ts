/**
 * @file COCO's twelve numbers. AP is averaged over ten IoU thresholds, .50, .55, ... .95, so it also asks
 * how exactly the boxes sit; AR, average recall, is the share of objects found when 1, 10 or 100
 * detections an image and class are allowed. Both come again for small, medium and large objects.
 *
 *     AP = mean over the classes and IoU thresholds of the 101-point AP
 *     AR = mean over the classes and IoU thresholds of the recall
 *
 * A class without an object in the area range counts nowhere; a number without any class is null
 * (pycocotools prints -1). VOC's difficult flag plays no part here: COCO has none.
 *
 * Source: cocodataset.org, "Detection evaluation"; pycocotools `COCOeval`.
 */
import { averagePrecision } from './average-precision.ts'
import {
  type AreaRange,
  type CocoCase,
  type CocoObject,
  cocoOverlaps,
  judgeCoco,
} from './coco-judge.ts'
import { checkClassIds, type JudgedDetection } from './images.ts'
import type { Verdict } from './judge.ts'
import { precisionRecall } from './precision-recall.ts'
import { meanOfKnown } from './voc.ts'

/** .50, .55, ... .95, by the sum that numpy's linspace does, to the last bit. */
export const COCO_IOU_THRESHOLDS: readonly number[] = Array.from({ length: 10 }, (_, i) =>
  i === 9 ? 0.95 : 0.5 + i * ((0.95 - 0.5) / 9),
)

/** Square pixels; 32 and 96 are COCO's borders. 1e10 is COCO's "no upper bound". */
const AREAS = {
  all: { smallest: 0, largest: 1e10 },
  small: { smallest: 0, largest: 32 ** 2 },
  medium: { smallest: 32 ** 2, largest: 96 ** 2 },
  large: { smallest: 96 ** 2, largest: 1e10 },
} as const satisfies Record<string, AreaRange>

/** Most detections an image and class, unless a number says otherwise. */
const MOST_DETECTIONS = 100

/** One image of a test set. Boxes in pixels of the original image. */
export interface CocoImage {
  readonly groundTruth: readonly CocoObject[]
  readonly detections: readonly JudgedDetection[]
}

/** A number 0..1, or null when there was no object to find. */
export type Measure = number | null

/** The twelve, in COCO's order. */
export interface CocoResult {
  /** The protocol by name, to be printed beside every number. */
  readonly protocol: string
  readonly AP: Measure
  readonly AP50: Measure
  readonly AP75: Measure
  readonly APsmall: Measure
  readonly APmedium: Measure
  readonly APlarge: Measure
  readonly AR1: Measure
  readonly AR10: Measure
  readonly AR100: Measure
  readonly ARsmall: Measure
  readonly ARmedium: Measure
  readonly ARlarge: Measure
  /** AP over the ten IoU thresholds, class by class. */
  readonly classes: readonly { readonly className: string; readonly AP: Measure }[]
}

/**
 * Evaluates detections against ground truth by COCO's protocol.
 * @param images boxes in pixels of the original images
 * @param classes names in class-id order, without background
 * @throws E_CLASS_UNKNOWN when a class id is not in the list
 */
export function evaluateCoco(images: readonly CocoImage[], classes: readonly string[]): CocoResult {
  checkClassIds(images, classes)
  const cases = classes.map((_, classId) => images.map((image) => caseOf(image, classId)))
  const measure = (area: AreaRange, most: number, thresholds = COCO_IOU_THRESHOLDS) => {
    const cells = cases.map((perImage) =>
      thresholds.map((t) => measureCell(perImage, t, area, most)),
    )
    const mean = (key: 'precision' | 'recall') =>
      meanOfKnown(cells.flat().map((cell) => cell?.[key] ?? null))
    const perClass = cells.map((row) => meanOfKnown(row.map((cell) => cell?.precision ?? null)))
    return { AP: mean('precision'), AR: mean('recall'), perClass }
  }
  const all = measure(AREAS.all, MOST_DETECTIONS)
  const small = measure(AREAS.small, MOST_DETECTIONS)
  const medium = measure(AREAS.medium, MOST_DETECTIONS)
  const large = measure(AREAS.large, MOST_DETECTIONS)
  return {
    protocol: 'COCO 101-point AP at IoU .50:.95, 100 detections an image and class',
    AP: all.AP,
    AP50: measure(AREAS.all, MOST_DETECTIONS, [0.5]).AP,
    AP75: measure(AREAS.all, MOST_DETECTIONS, [0.75]).AP,
    APsmall: small.AP,
    APmedium: medium.AP,
    APlarge: large.AP,
    AR1: measure(AREAS.all, 1).AR,
    AR10: measure(AREAS.all, 10).AR,
    AR100: all.AR,
    ARsmall: small.AR,
    ARmedium: medium.AR,
    ARlarge: large.AR,
    classes: classes.map((className, c) => ({ className, AP: all.perClass[c] ?? null })),
  }
}

function caseOf(image: CocoImage, classId: number): CocoCase {
  const objects = image.groundTruth.filter((object) => object.classId === classId)
  const detections = image.detections
    .filter((found) => found.classId === classId)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_DETECTIONS)
  return { objects, detections, overlaps: cocoOverlaps(detections, objects) }
}

/** Precision and recall of one class at one IoU threshold; null when it has no object in the range. */
function measureCell(
  cases: readonly CocoCase[],
  iouThreshold: number,
  areaRange: AreaRange,
  most: number,
): { precision: number; recall: number } | null {
  const judgements: { score: number; verdict: Verdict }[] = []
  let objects = 0
  for (const one of cases) {
    const { verdicts, objectCount } = judgeCoco(one, { iouThreshold, areaRange })
    objects += objectCount
    verdicts.slice(0, most).forEach((verdict, d) => {
      judgements.push({ score: one.detections[d]!.score, verdict })
    })
  }
  if (objects === 0) return null
  const curve = precisionRecall(
    judgements.sort((a, b) => b.score - a.score),
    objects,
  )
  return { precision: averagePrecision(curve, '101-point'), recall: curve.recall.at(-1) ?? 0 }
}
