/** @file Detecting in a picture that may be a path, the bytes of a file, or pixels. */
import type { DetectConfig } from '../config/model.ts'
import { type DetectResult, detectImage } from '../detect/detect.ts'
import { type Detection, SHOWN_SCORE } from '../detect/detection.ts'
import type { Image } from '../image/image.ts'
import type { LoadedModel } from './model.ts'
import { decodeImage, readImage } from './read-image.ts'

/** A path, the bytes of an image file, or decoded pixels. */
export type Picture = string | Uint8Array | Image

/**
 * Detects objects in a picture.
 * @param options thresholds; the score threshold is 0.5 unless told
 * @returns best first; boxes in pixels of the upright picture
 * @throws SingleshotError E_IMAGE_MISSING, E_IMAGE_UNREADABLE
 */
export async function detect(
  model: LoadedModel,
  picture: Picture,
  options: Partial<DetectConfig> = {},
): Promise<Detection[]> {
  const image = await toImage(picture)
  return (await detectTimed(model, image, { scoreThreshold: SHOWN_SCORE, ...options })).detections
}

/** The same for decoded pixels with the model's own thresholds, and with the time it took. */
export function detectTimed(
  { network }: LoadedModel,
  image: Image,
  options: Partial<DetectConfig> = {},
): Promise<DetectResult> {
  return detectImage(network, image, options)
}

/** The pixels of a picture, upright. */
export async function toImage(picture: Picture): Promise<Image> {
  if (typeof picture === 'string') return readImage(picture)
  return picture instanceof Uint8Array ? decodeImage(picture, 'picture') : picture
}
