/** @file One class's detections of all pictures in one list, best first, each correct or wrong, and the curve they make. */
import {
  averagePrecision,
  type EvaluatedImage,
  fallingPrecision,
  judgeClass,
  precisionRecall,
} from 'singleshot/core'

type Judgement = ReturnType<typeof judgeClass>['judgements'][number]

/** One line of the list. */
export interface JudgedRow extends Judgement {
  /** True positives down to here, this one included. */
  readonly right: number
  /** Lines down to here. */
  readonly looked: number
  readonly precision: number
  readonly recall: number
}

/** A class under the judge. */
export interface JudgedList {
  readonly rows: readonly JudgedRow[]
  /** Real objects of the class in all pictures. */
  readonly objectCount: number
  /** AP by both ways of averaging, 0..1. */
  readonly everyPoint: number
  readonly elevenPoint: number
}

/** Judges a class. No object is difficult here, so every line counts. */
export function judgeList(
  images: readonly EvaluatedImage[],
  classId: number,
  iouThreshold: number,
): JudgedList {
  const { judgements, objectCount } = judgeClass(images, { classId, iouThreshold })
  const curve = precisionRecall(judgements, objectCount)
  let right = 0
  const rows = judgements.map((judgement, i): JudgedRow => {
    if (judgement.verdict === 'true-positive') right += 1
    const place = { precision: curve.precision[i]!, recall: curve.recall[i]! }
    return { ...judgement, ...place, right, looked: i + 1 }
  })
  return {
    rows,
    objectCount,
    everyPoint: averagePrecision(curve, 'every-point'),
    elevenPoint: averagePrecision(curve, '11-point'),
  }
}

/** The verdict in words. */
export function wordsOf({ verdict, object, iou }: Judgement, iouThreshold: number): string {
  if (verdict === 'true-positive') return 'correct'
  if (object < 0) return 'wrong: no such object here'
  if (iou >= iouThreshold) return 'wrong: a duplicate'
  return iou === 0 ? 'wrong: touches no such object' : `wrong: IoU only ${iou.toFixed(2)}`
}

/** Everything found twice: each detection again, just a little less sure. */
export function withDoubles(images: readonly EvaluatedImage[]): EvaluatedImage[] {
  return images.map(({ groundTruth, detections }) => ({
    groundTruth,
    detections: detections.flatMap((one) => [one, { ...one, score: one.score * 0.9999 }]),
  }))
}

type Point = readonly [recall: number, precision: number]

/** The curve's points, down to a line of the list. */
export function curveOf(rows: readonly JudgedRow[], count = rows.length): Point[] {
  return rows.slice(0, count).map(({ recall, precision }) => [recall, precision])
}

/** The steps whose area is AP: at each recall the best precision that is reached there or later. */
export function stairsOf(rows: readonly JudgedRow[]): Point[] {
  const best = fallingPrecision(rows.map(({ precision }) => precision))
  const stairs = rows.flatMap(({ recall }, i): Point[] => [
    [rows[i - 1]?.recall ?? 0, best[i]!],
    [recall, best[i]!],
  ])
  return [...stairs, [rows.at(-1)?.recall ?? 0, 0]]
}

/** The eleven points: the steps at recall 0, 0.1, ... 1. */
export function elevenPoints(rows: readonly JudgedRow[]): Point[] {
  return Array.from({ length: 11 }, (_, k): Point => {
    const reached = rows.filter(({ recall }) => recall >= k * 0.1)
    return [k / 10, Math.max(0, ...reached.map(({ precision }) => precision))]
  })
}

/** The class with the most objects; of equal ones the first. */
export function busiestClass(images: readonly EvaluatedImage[], classCount: number): number {
  const counts = Array.from({ length: classCount }, () => 0)
  for (const { groundTruth } of images)
    for (const { classId, difficult } of groundTruth) if (!difficult) counts[classId]! += 1
  return Math.max(0, counts.indexOf(Math.max(...counts)))
}
