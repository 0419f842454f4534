/** @file Detecting in what a page has: the pixels of a canvas, or a bitmap. */
import type { Size } from '../box/box.ts'
import { orAborted } from '../call/or-aborted.ts'
import type { DetectConfig } from '../config/detect.ts'
import { detectImage } from '../detect/detect.ts'
import { type Detection, SHOWN_SCORE } from '../detect/detection.ts'
import type { LoadedModel } from '../detect/loaded-model.ts'
import type { PixelImage } from '../image/image.ts'

/** An ImageBitmap, which `createImageBitmap` makes of a picture, a video frame or a file. It stays open. */
export interface Bitmap extends Size {
  close(): void
}

/** Thresholds that differ from the model's own, but for the score threshold: 0.5 unless told. */
export interface WebDetectOptions extends Partial<DetectConfig> {
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Detects objects in a picture.
 * @param picture pixels, as a canvas' ImageData, or an ImageBitmap
 * @returns best first; boxes in pixels of the picture
 * @throws SingleshotError E_ARGUMENT for what is no picture; E_CONFIG for a threshold that is unknown or out of range;
 * E_CLOSED; the signal's reason
 */
export async function detect(
  { network }: LoadedModel,
  picture: PixelImage | Bitmap,
  { signal, ...thresholds }: WebDetectOptions = {},
): Promise<Detection[]> {
  signal?.throwIfAborted()
  const pixels = isBitmap(picture) ? pixelsOf(picture) : picture
  const options = { scoreThreshold: SHOWN_SCORE, ...thresholds }
  return (await orAborted(detectImage(network, pixels, options), signal)).detections
}

const isBitmap = (picture: PixelImage | Bitmap): picture is Bitmap =>
  typeof picture === 'object' && picture !== null && !('data' in picture) && 'close' in picture

/** What of a browser is used here; Node's types know none of it. */
interface Canvas {
  getContext(kind: '2d'): {
    drawImage(bitmap: Bitmap, x: number, y: number): void
    getImageData(x: number, y: number, width: number, height: number): PixelImage
  }
}

/** The pixels of a bitmap, drawn as it is. */
function pixelsOf(bitmap: Bitmap): PixelImage {
  const { width, height } = bitmap
  const { OffscreenCanvas } = globalThis as unknown as {
    readonly OffscreenCanvas: new (width: number, height: number) => Canvas
  }
  const context = new OffscreenCanvas(width, height).getContext('2d')
  context.drawImage(bitmap, 0, 0)
  return context.getImageData(0, 0, width, height)
}
