/** @file The arithmetic of the figure, written out. The IoU itself is the library's own. */
import { type Box, boxIou, type Size } from 'singleshot/core'

/** The area on which the two boxes live, in pixels. */
export const AREA: Size = { width: 400, height: 260 }

/** The two boxes at first: they share about a quarter. */
export const FIRST_BOXES: readonly Box[] = [
  { x1: 60, y1: 50, x2: 230, y2: 180 },
  { x1: 140, y1: 90, x2: 330, y2: 220 },
]

/** Every number of the sum. */
export interface Overlap {
  /** The area that both cover; null where they do not touch. */
  readonly shared: Box | null
  /** Pixels. */
  readonly sharedWidth: number
  readonly sharedHeight: number
  /** Square pixels. */
  readonly intersection: number
  readonly areas: readonly [number, number]
  readonly union: number
  /** boxIou of the library. */
  readonly iou: number
  /** How the IoU changes when the second box moves one pixel to the right, and one down. */
  readonly slope: readonly [right: number, down: number]
}

/** Works out the sum for two boxes. */
export function overlapOf(first: Box, second: Box): Overlap {
  const shared = {
    x1: Math.max(first.x1, second.x1),
    y1: Math.max(first.y1, second.y1),
    x2: Math.min(first.x2, second.x2),
    y2: Math.min(first.y2, second.y2),
  }
  const sharedWidth = Math.max(0, shared.x2 - shared.x1)
  const sharedHeight = Math.max(0, shared.y2 - shared.y1)
  const intersection = sharedWidth * sharedHeight
  const areas = [areaOf(first), areaOf(second)] as const
  return {
    shared: intersection > 0 ? shared : null,
    sharedWidth,
    sharedHeight,
    intersection,
    areas,
    union: areas[0] + areas[1] - intersection,
    iou: boxIou(first, second),
    slope: [slopeAlong(first, second, 1, 0), slopeAlong(first, second, 0, 1)],
  }
}

/** Half a step either way: a small one, far below what a hand can move. */
const STEP = 0.01

function slopeAlong(first: Box, second: Box, right: number, down: number): number {
  const iouAt = (by: number) =>
    boxIou(first, {
      x1: second.x1 + right * by,
      y1: second.y1 + down * by,
      x2: second.x2 + right * by,
      y2: second.y2 + down * by,
    })
  return (iouAt(STEP) - iouAt(-STEP)) / (2 * STEP)
}

const areaOf = ({ x1, y1, x2, y2 }: Box) => (x2 - x1) * (y2 - y1)
