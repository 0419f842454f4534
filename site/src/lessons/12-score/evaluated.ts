/** @file Pictures and detections as an evaluator wants them: class ids of both in one list. */
import { type EvaluatedImage, SHAPE_CLASSES } from 'singleshot/core'
import type { TestPicture } from './test-pictures.ts'

/** Pairs each picture with what was found in it. @param classes the list in which the detections' class ids count */
export function evaluatedImages(
  pictures: readonly Pick<TestPicture, 'objects'>[],
  found: readonly EvaluatedImage['detections'][],
  classes: readonly string[],
): EvaluatedImage[] {
  return pictures.map(({ objects }, i) => ({
    groundTruth: objects
      .map((object) => ({ ...object, classId: classes.indexOf(SHAPE_CLASSES[object.classId]!) }))
      .filter(({ classId }) => classId >= 0),
    detections: found[i] ?? [],
  }))
}
