/** @file What the answers would be as detections. The selecting is the library's. */
import {
  type AnswerNumbers,
  classLossOf,
  type Detection,
  type Size,
  selectFromProbabilities,
} from 'singleshot/core'
import type { Situation } from './situation.ts'

/** What makes a detection. */
export interface Thresholds {
  readonly scoreThreshold: number
  readonly nmsIouThreshold: number
}

/** The detections, best first. @param picture its size, pixels */
export function foundIn(
  { config, anchors }: Situation,
  { logits, offsets }: AnswerNumbers,
  thresholds: Thresholds,
  picture: Size,
): Detection[] {
  const { classes, boxCoder, input: inputSize, detect, loss } = config
  const options = { ...detect, ...thresholds, classes, boxCoder, inputSize, imageSize: picture }
  const probabilities = classLossOf(loss.classLoss).probabilityRows(logits, classes.length + 1)
  return selectFromProbabilities(probabilities, offsets, anchors, options)
}
