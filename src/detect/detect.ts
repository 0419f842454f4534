/**
 * @file ★ The using lane: from a picture to detections, a line for each stage.
 *
 *     picture ──warp, normalise──▶ input ──one pass──▶ class probabilities + offsets ──▶ boxes ──NMS──▶ detections
 */

import { checkOptions } from '../check/check-options.ts'
import { type DetectConfig, detectOptionsSchema } from '../config/detect.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { PixelImage } from '../image/image.ts'
import { imageToInput } from '../image/to-input.ts'
import type { Detection } from './detection.ts'
import type { DetectionNetwork } from './network.ts'
import { selectFromProbabilities } from './select.ts'

/** What detecting gives besides the detections. */
export interface DetectResult {
  /** Best first, boxes in pixels of the picture. */
  readonly detections: Detection[]
  /** Time inside the engine; of a batch, the picture's share of it. */
  readonly engineMilliseconds: number
}

/**
 * Detects objects in one picture.
 * @param network compiled for batch 1
 * @param options thresholds that differ from the model's own
 * @throws SingleshotError E_ARGUMENT for anything but whole RGB or RGBA pixels; E_CONFIG for a threshold out of range
 */
export async function detectImage(
  network: DetectionNetwork,
  image: PixelImage,
  options: Partial<DetectConfig> = {},
): Promise<DetectResult> {
  const [result] = await detectBatch(network, [image], options)
  return result!
}

/**
 * Detects objects in as many pictures as the network looks at in one pass: what it says of each is what it says of that
 * picture alone, but for rounding (1e-5).
 * @throws SingleshotError as {@link detectImage}; E_SHAPE for another number of pictures than the network's N
 */
export async function detectBatch(
  { config, anchors, look, batch }: DetectionNetwork,
  images: readonly PixelImage[],
  options: Partial<DetectConfig> = {},
): Promise<DetectResult[]> {
  const thresholds = checkOptions(detectOptionsSchema, options, 'detectImage')
  checkCount(images.length, batch)
  const plane = 3 * config.input.width * config.input.height
  const { outputs, milliseconds } = await look((input) => {
    for (const [n, image] of images.entries())
      imageToInput(image, config.input, config.normalisation, input, n * plane) // warped and normalised
  }) // single shot: every anchor answers at once
  const part = (name: string, n: number) => {
    const length = outputs[name]!.length / batch
    return outputs[name]!.subarray(n * length, (n + 1) * length)
  }
  return images.map((image, n) => ({
    detections: selectFromProbabilities(part('probabilities', n), part('offsets', n), anchors, {
      ...config.detect, // score threshold, candidates, NMS
      ...thresholds,
      classes: config.classes,
      boxCoder: config.boxCoder,
      inputSize: config.input,
      imageSize: image, // back to the picture's own pixels
    }),
    engineMilliseconds: milliseconds / batch,
  }))
}

function checkCount(count: number, batch: number): void {
  if (count === batch) return
  const rule = `expected ${batch} pictures, as many as the network was compiled for`
  throw new SingleshotError('E_SHAPE', { where: 'detectBatch', rule, got: count })
}
