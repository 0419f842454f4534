/** @file What an evaluator is given: for every image the truth and what was found, and the class list. */
import type { GroundTruth } from '../dataset/dataset.ts'
import type { Detection } from '../detect/detection.ts'
import { SingleshotError } from '../error/singleshot-error.ts'

/** The part of a detection that is judged. */
export type JudgedDetection = Pick<Detection, 'box' | 'classId' | 'score'>

/** One image of a test set. Boxes in pixels of the original image. */
export interface EvaluatedImage {
  readonly groundTruth: readonly GroundTruth[]
  readonly detections: readonly JudgedDetection[]
}

/**
 * Refuses ids that are not in the class list: two lists in different orders, or COCO's sparse ids, would
 * else give an mAP near 0 without a word.
 * @param images ground truth and detections
 * @param classes names in class-id order, without background
 * @throws E_CLASS_UNKNOWN naming the image and the object
 */
export function checkClassIds(
  images: readonly {
    readonly groundTruth: readonly { readonly classId: number }[]
    readonly detections: readonly { readonly classId: number }[]
  }[],
  classes: readonly string[],
): void {
  const refuse = (classId: number, image: number, object: string) => {
    const rule = `expected a class id from 0 to ${classes.length - 1}`
    const file = `image ${image}`
    const where = 'evaluate'
    throw new SingleshotError('E_CLASS_UNKNOWN', { where, rule, got: classId, file, object })
  }
  images.forEach(({ groundTruth, detections }, image) => {
    groundTruth.forEach(({ classId }, i) => {
      if (!(classId in classes)) refuse(classId, image, `object ${i}`)
    })
    detections.forEach(({ classId }, i) => {
      if (!(classId in classes)) refuse(classId, image, `detection ${i}`)
    })
  })
}
