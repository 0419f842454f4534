/**
 * @file ★ The using lane: from a picture to detections, a line for each stage.
 *
 *     picture ──warp, normalise──▶ input ──one pass──▶ class probabilities + offsets ──▶ boxes ──NMS──▶ detections
 */

import { checkOptions } from '../check/check-options.ts'
import { type DetectConfig, detectOptionsSchema } from '../config/model.ts'
import type { PixelImage } from '../image/image.ts'
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
 * @throws SingleshotError E_ARGUMENT for anything but whole RGB or RGBA pixels; E_CONFIG for a threshold out of range
 */
export async function detectImage(
  { config, anchors, look }: DetectionNetwork,
  image: PixelImage,
  options: Partial<DetectConfig> = {},
): Promise<DetectResult> {
  const thresholds = checkOptions(detectOptionsSchema, options, 'detectImage')
  const warp = (input: Float32Array) =>
    imageToInput(image, config.input, config.normalisation, input) // the picture, warped and normalised
  const { outputs, milliseconds } = await look(warp) // single shot: every anchor answers at once
  const detections = selectFromProbabilities(outputs.probabilities!, outputs.offsets!, anchors, {
    ...config.detect, // score threshold, candidates, NMS
    ...thresholds,
    classes: config.classes,
    boxCoder: config.boxCoder,
    inputSize: config.input,
    imageSize: image, // back to the picture's own pixels
  })
  return { detections, engineMilliseconds: milliseconds }
}
