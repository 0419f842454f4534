/** @file Detecting in a picture that may be a path, the bytes of a file, or pixels. */
import { fileURLToPath } from 'node:url'
import { checkOptions } from '../check/check-options.ts'
import { type DetectConfig, detectOptionsSchema } from '../config/model.ts'
import { type DetectResult, detectImage } from '../detect/detect.ts'
import { type Detection, SHOWN_SCORE } from '../detect/detection.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { checkImage, type Image, type PixelImage } from '../image/image.ts'
import type { LoadedModel } from './model.ts'
import { decodeImage, readImage } from './picture/read-image.ts'

/**
 * A picture: its path or `file:` address, the bytes of a picture file (also as a Blob), or decoded pixels, RGB or RGBA.
 * Where pixels are not quite opaque, white shows through.
 */
export type Picture = string | URL | Uint8Array | ArrayBuffer | Blob | PixelImage

/**
 * Detects objects in a picture.
 * @param options thresholds; the score threshold is 0.5 unless told
 * @returns best first; boxes in pixels of the upright picture
 * @throws SingleshotError E_IMAGE_MISSING, E_IMAGE_UNREADABLE; E_ARGUMENT for what is no picture; E_CONFIG for a
 * threshold that is unknown or out of range
 */
export async function detect(
  model: LoadedModel,
  picture: Picture,
  options: Partial<DetectConfig> = {},
): Promise<Detection[]> {
  const thresholds = checkOptions(detectOptionsSchema, options, 'detect')
  const image = await toImage(picture)
  return (await detectTimed(model, image, { scoreThreshold: SHOWN_SCORE, ...thresholds }))
    .detections
}

/** The same for decoded pixels with the model's own thresholds, and with the time it took. */
export function detectTimed(
  { network }: LoadedModel,
  image: Image,
  options: Partial<DetectConfig> = {},
): Promise<DetectResult> {
  return detectImage(network, image, options)
}

/** The pixels of a picture, upright. @throws as {@link detect} */
export async function toImage(picture: Picture): Promise<Image> {
  if (typeof picture === 'string') return readImage(picture)
  if (picture instanceof URL) return readImage(pathOf(picture))
  if (picture instanceof Uint8Array) return decodeImage(picture, 'picture')
  if (picture instanceof ArrayBuffer) return decodeImage(new Uint8Array(picture), 'picture')
  if (picture instanceof Blob)
    return decodeImage(new Uint8Array(await picture.arrayBuffer()), 'picture')
  if (typeof picture === 'object' && picture !== null && !ArrayBuffer.isView(picture))
    return checkImage('detect', picture)
  throw new SingleshotError('E_ARGUMENT', {
    where: 'detect',
    rule: 'expected a picture: a path, a file: URL, the bytes of a picture file, or { width, height, data }',
    got: picture,
  })
}

function pathOf(url: URL): string {
  if (url.protocol === 'file:') return fileURLToPath(url)
  throw new SingleshotError('E_ARGUMENT', {
    where: 'detect',
    rule: 'expected a file: URL; fetch a picture from elsewhere first and hand over its bytes',
    got: url.href,
  })
}
