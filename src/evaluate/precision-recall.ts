/**
 * @file The precision-recall curve. Go down the list of detections, best score first; after each one ask
 * what share of the objects has been found (recall) and what share of the detections was right (precision).
 *
 *     recall = true positives / objects        precision = true positives / (true + false positives)
 *
 * Ignored detections are passed over. Recall never falls; precision goes up and down.
 */
import type { Judgement } from './judge.ts'

/** One point a detection, in descending score. */
export interface PrecisionRecall {
  /** 0..1 each. */
  readonly precision: readonly number[]
  /** 0..1 each, never falling. */
  readonly recall: readonly number[]
  /** The score down to which one must go to reach the point. */
  readonly scores: readonly number[]
}

/**
 * The curve of judged detections.
 * @param judgements in descending score
 * @param objectCount how many objects there were to find, > 0 (with none, recall is 0 throughout)
 * @returns a point for each detection that is not ignored
 */
export function precisionRecall(
  judgements: readonly Pick<Judgement, 'verdict' | 'score'>[],
  objectCount: number,
): PrecisionRecall {
  const counted = judgements.filter(({ verdict }) => verdict !== 'ignored')
  let truePositives = 0
  const found = counted.map(({ verdict }) => {
    if (verdict === 'true-positive') truePositives++
    return truePositives
  })
  return {
    precision: found.map((count, i) => count / (i + 1)),
    recall: found.map((count) => count / Math.max(1, objectCount)),
    scores: counted.map(({ score }) => score),
  }
}
