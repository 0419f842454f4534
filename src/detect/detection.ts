/** @file What the network found, as a user sees it. */
import type { Box } from '../box/box.ts'

/** Score below which a detection is not shown to a person; evaluation looks far lower. */
export const SHOWN_SCORE = 0.5

/** One found object. */
export interface Detection {
  /** Corners in pixels of the original image, inside it, with positive width and height. */
  readonly box: Box
  /** 0-based position in the model's class list; background is not in it. */
  readonly classId: number
  /** The name at that position. */
  readonly className: string
  /** Probability of the class, 0..1. */
  readonly score: number
}
