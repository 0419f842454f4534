/** @file Which objects of a picture were not found: those that no true positive takes. */
import type { EvaluatedImage } from './images.ts'
import { JUDGE_IOU, judgeClass } from './judge.ts'

/**
 * The objects of a picture that no detection hits, by the evaluation's own judge: one detection takes one object, of its
 * class. Objects marked difficult are not counted as missed.
 * @param iouThreshold IoU from which a detection has hit, 0..1, default .5
 * @returns their places among the picture's objects
 */
export function missedObjects(
  image: EvaluatedImage,
  { iouThreshold = JUDGE_IOU }: { readonly iouThreshold?: number } = {},
): Set<number> {
  const wanted = image.groundTruth.flatMap(({ difficult }, i) => (difficult ? [] : [i]))
  const missed = new Set(wanted)
  for (const classId of new Set(image.groundTruth.map((object) => object.classId)))
    for (const { verdict, object } of judgeClass([image], { classId, iouThreshold }).judgements)
      if (verdict === 'true-positive') missed.delete(object)
  return missed
}
