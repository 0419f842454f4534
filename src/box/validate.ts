/**
 * @file Says what is wrong with a labelled box. One zero-width box is enough to make the training loss
 * infinite (log of 0), so every box is checked where it enters, and the message names its file and object.
 */
import type { ErrorCode } from '../error/codes.ts'
import { type ErrorParts, SingleshotError } from '../error/singleshot-error.ts'
import type { Box, Size } from './box.ts'
import { clipBox } from './clip.ts'

/** Where a box came from, for the message. */
export type BoxOrigin = Pick<ErrorParts, 'where' | 'file' | 'object'>

/**
 * How far, in pixels, a box may leave its picture before it counts as wrong. One pixel is what the two
 * conventions for the last pixel (inclusive or not, counted from 0 or from 1) differ by.
 */
export const OUTSIDE_TOLERANCE = 1

/**
 * Checks one box against its picture. The checks run in the order of the codes, so that the first thing
 * wrong is the one named. A box within the tolerance passes as it is: the caller clips it.
 * @param box corners in pixels of the original picture; coordinates may be anything
 * @param size the picture, pixels
 * @param origin the reader, file and object, for the message
 * @returns null when the box is good; else an error, not thrown, with code
 *   E_BOX_FORMAT (a coordinate is not finite), E_BOX_ORDER (inverted), E_BOX_EMPTY (no area) or
 *   E_BOX_OUTSIDE (leaves the picture by more than a pixel, or has no part inside it)
 */
export function checkBox(box: Box, size: Size, origin: BoxOrigin): SingleshotError | null {
  const fault = findFault(box, size)
  if (fault === null) return null
  return new SingleshotError(fault.code, { ...origin, ...fault.parts, got: describeBox(box) })
}

interface Fault {
  readonly code: ErrorCode
  readonly parts: Pick<ErrorParts, 'rule' | 'remedy'>
}

function findFault(box: Box, size: Size): Fault | null {
  const { x1, y1, x2, y2 } = box
  if (![x1, y1, x2, y2].every(Number.isFinite))
    return { code: 'E_BOX_FORMAT', parts: { rule: 'expected four finite numbers' } }
  if (x1 > x2 || y1 > y2) return { code: 'E_BOX_ORDER', parts: orderParts(box, size) }
  if (!hasArea(box))
    return { code: 'E_BOX_EMPTY', parts: { rule: 'expected a width and a height above 0' } }
  if (isOutside(box, size)) {
    const rule = `expected a box inside ${size.width} x ${size.height}`
    return { code: 'E_BOX_OUTSIDE', parts: { rule } }
  }
  return null
}

/** To swap two edges helps only where the box is good then, and no edge was written in the place of another axis. */
function orderParts({ x1, y1, x2, y2 }: Box, size: Size): Fault['parts'] {
  const rule = 'expected x1 < x2 and y1 < y2'
  const swapped = {
    x1: Math.min(x1, x2),
    y1: Math.min(y1, y2),
    x2: Math.max(x1, x2),
    y2: Math.max(y1, y2),
  }
  const mixed = [x1, x2].some((x) => x === y1 || x === y2)
  if (!mixed && hasArea(swapped) && !isOutside(swapped, size)) return { rule }
  return { rule, remedy: 'Label the object named in the message again: its edges are mixed up.' }
}

function isOutside(box: Box, size: Size): boolean {
  return leaves(box, size) || !hasArea(clipBox(box, size))
}

function hasArea(box: Box): boolean {
  return box.x2 > box.x1 && box.y2 > box.y1
}

function leaves(box: Box, size: Size): boolean {
  const low = -OUTSIDE_TOLERANCE
  const right = size.width + OUTSIDE_TOLERANCE
  const bottom = size.height + OUTSIDE_TOLERANCE
  return box.x1 < low || box.y1 < low || box.x2 > right || box.y2 > bottom
}

function describeBox({ x1, y1, x2, y2 }: Box): string {
  return `x1 ${x1}, y1 ${y1}, x2 ${x2}, y2 ${y2}`
}
