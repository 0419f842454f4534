/**
 * @file AP, average precision: one number for a precision-recall curve, its mean precision over all recalls
 * from 0 to 1. First the curve is made to fall: at recall r it counts the best precision reached at r or
 * further on,
 *
 *     p(r) = max over the points with recall >= r of their precision,  0 when there is none
 *
 * and then it is averaged, in one of three ways that give different numbers for the same detections:
 *
 * - `11-point`: mean of p at 0, .1, ... 1 (VOC up to 2009, and SSD's Caffe code);
 * - `every-point`: the area under p, exactly (VOC from 2010 on);
 * - `101-point`: mean of p at 0, .01, ... 1 (COCO).
 *
 * The recalls are k * .1 and k * .01 in doubles, as the devkits compute them: .6 is really
 * 0.6000000000000001, so a recall of exactly 9/15 does not reach it. Published numbers depend on it.
 */
import type { PrecisionRecall } from './precision-recall.ts'

/** How the curve is averaged. */
export type ApPoints = '11-point' | 'every-point' | '101-point'

/**
 * Average precision of a curve.
 * @param curve may be empty: then the AP is 0
 * @param points always to be named beside the number
 * @returns 0..1
 */
export function averagePrecision(
  curve: Pick<PrecisionRecall, 'precision' | 'recall'>,
  points: ApPoints,
): number {
  const falling = fallingPrecision(curve.precision)
  if (points === 'every-point') return areaUnder(falling, curve.recall)
  return meanAt(points === '11-point' ? 10 : 100, falling, curve.recall)
}

/** Each point's precision or, if it is higher, the best of those after it. */
export function fallingPrecision(precision: readonly number[]): number[] {
  const falling = [...precision]
  for (let i = falling.length - 2; i >= 0; i--) falling[i] = Math.max(falling[i]!, falling[i + 1]!)
  return falling
}

/** Sum of the rectangles between one recall and the next. */
function areaUnder(falling: readonly number[], recall: readonly number[]): number {
  return falling.reduce((area, p, i) => area + p * (recall[i]! - (recall[i - 1] ?? 0)), 0)
}

/** Mean of p at the recalls 0, 1/steps, ... 1. Both lists are sorted, so one walk finds them all. */
function meanAt(steps: number, falling: readonly number[], recall: readonly number[]): number {
  const step = 1 / steps
  let sum = 0
  let i = 0
  for (let k = 0; k <= steps; k++) {
    while (i < recall.length && recall[i]! < k * step) i++
    sum += falling[i] ?? 0
  }
  return sum / (steps + 1)
}
