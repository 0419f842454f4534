/**
 * @file ★ The using lane: from a picture to detections, a line for each stage.
 *
 *     picture ──warp, normalise──▶ input ──one pass──▶ class probabilities + offsets ──▶ boxes ──NMS──▶ detections
 */

import type { DetectConfig } from '../config/model.ts'
import type { Image } from '../image/image.ts'
import { imageToInput } from '../image/to-input.ts'
import type { Detection } from './detection.ts'
import type { DetectionNetwork } from './network.ts'
import { selectFromProbabilities } from './select.ts'

/** What detecting gives besides the detections. */
export interface DetectResult {
  /** Best first, boxes in pixels of the picture. */
  readonly detections: Detection[]
  /** Time inside the engine. */
  readonly engineMilliseconds: number
}

/**
 * Detects objects in one picture.
 * @param network compiled for batch 1
 * @param options thresholds that differ from the model's own
 */
export async function detectImage(
  { config, anchors, look }: DetectionNetwork,
  image: Image,
  options: Partial<DetectConfig> = {},
): Promise<DetectResult> {
  const warp = (input: Float32Array) =>
    imageToInput(image, config.input, config.normalisation, input) // the picture, warped and normalised
  const { outputs, milliseconds } = await look(warp) // single shot: every anchor answers at once
  const detections = selectFromProbabilities(outputs.probabilities!, outputs.offsets!, anchors, {
    ...config.detect, // score threshold, candidates, NMS
    ...options,
    classes: config.classes,
    boxCoder: config.boxCoder,
    inputSize: config.input,
    imageSize: image, // back to the picture's own pixels
  })
  return { detections, engineMilliseconds: milliseconds }
}
