/** @file How answers become detections: thresholds and limits, typed and bounded. */
import * as z from 'zod/mini'
import { MOST_BOXES } from '../check/limits.ts'

const share = z.number().check(z.minimum(0), z.maximum(1))
const boxes = z.int().check(z.minimum(1), z.maximum(MOST_BOXES))

/** How answers become detections. */
export const detectSchema = z.strictObject({
  /** Least score that is looked at at all; a program that shows boxes uses a higher one. */
  scoreThreshold: share,
  /** Of two boxes of one class that overlap more than this, the better one stays. */
  nmsIouThreshold: share,
  /** Best candidates per class that enter NMS. */
  maxCandidates: boxes,
  /** Detections per image. */
  maxDetections: boxes,
})

/** Thresholds and limits that differ from a model's own. */
export const detectOptionsSchema = z.partial(detectSchema)

/** How answers become detections. */
export type DetectConfig = z.infer<typeof detectSchema>
