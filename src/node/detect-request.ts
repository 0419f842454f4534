/** @file What `detect` may be told, and what it gives for each of many pictures. */
import * as z from 'zod'
import type { Size } from '../box/box.ts'
import { callbackSchema, type PartsOf, signalSchema } from '../check/schemas.ts'
import { type DetectConfig, detectOptionsSchema } from '../config/detect.ts'
import type { Detection } from '../detect/detection.ts'
import type { DetectEvent, Listener } from './events.ts'
import type { Picture } from './picture/to-image.ts'

/** Thresholds that differ from the model's own, but for the score threshold: 0.5 unless told. */
export interface DetectOptions extends Partial<DetectConfig> {
  /** Ends the call at once with its reason. */
  readonly signal?: AbortSignal | undefined
}

/** How to go through many pictures. */
export interface DetectManyOptions extends DetectOptions {
  /** Throws the first picture that cannot be read. Default false: it is left out and told. */
  readonly strict?: boolean | undefined
  /** Of a folder, the pictures in its subfolders too. Default false. */
  readonly recursive?: boolean | undefined
  readonly onEvent?: Listener<DetectEvent>
}

/** What `detect` takes besides the picture or pictures. */
export const detectRequestSchema = z.strictObject({
  ...detectOptionsSchema.shape,
  signal: signalSchema.optional(),
  strict: z.boolean().optional(),
  recursive: z.boolean().optional(),
  onEvent: callbackSchema.optional(),
} satisfies PartsOf<DetectManyOptions>)

/** What was found in one picture of many. */
export interface Found<P extends Picture = Picture> extends Size {
  /** Its place among the pictures, from 0; those that could not be read count. */
  readonly index: number
  /** What was handed over: for a folder, the picture's path. */
  readonly picture: P
  /** Best first; boxes in pixels of the upright picture, whose size is `width` and `height`. */
  readonly detections: Detection[]
}

/** What a path stands for: awaited, a picture and its detections; gone through, the pictures of a folder, each with its own. */
export interface PathDetections extends Promise<Detection[]>, AsyncIterable<Found<string>> {}
