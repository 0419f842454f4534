/** @file How answers become detections: thresholds and limits, typed and bounded. */
import * as z from 'zod'
import { MOST_BOXES } from '../check/limits.ts'

const share = z.number().min(0).max(1)
const boxes = z.number().int().min(1).max(MOST_BOXES)

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
export const detectOptionsSchema = detectSchema.partial()

/** How answers become detections. */
export type DetectConfig = z.infer<typeof detectSchema>
