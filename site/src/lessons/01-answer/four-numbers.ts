/** @file A box as four numbers, in the two ways in which people and networks write them. */
import { type Box, packCorners, toCentreSizes } from 'singleshot/core'

/** Left, top, right, bottom; or middle x, middle y, width, height. Pixels. */
export function fourNumbers(box: Box, as: 'corners' | 'middle'): number[] {
  const corners = packCorners([box])
  return [...(as === 'corners' ? corners : toCentreSizes(corners))]
}
