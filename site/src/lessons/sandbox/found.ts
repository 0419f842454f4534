/** @file What the answers would be as detections. The selecting is the library's. */
import {
  type AnswerNumbers,
  type Detection,
  type Size,
  selectDetections,
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
  if (loss.classLoss.name === 'softmax') return selectDetections(logits, offsets, anchors, options)
  // A yes or no for each class: the sigmoid of each logit. Background's column is not read.
  const probabilities = logits.map((logit) => 1 / (1 + Math.exp(-logit)))
  return selectFromProbabilities(probabilities, offsets, anchors, options)
}
