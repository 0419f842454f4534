/**
 * @file How much of a box lies inside another. Unlike IoU it does not mind how much larger the other is, which is what
 * one asks about a crowd:  area(box and outer) / area(box).
 */
import type { Box } from './box.ts'

/**
 * The share of a box that lies inside another.
 * @param box of positive area @param outer in the same unit
 * @returns 0..1; 0 where they do not touch, or where a coordinate is NaN
 */
export function shareInside(box: Box, outer: Box): number {
  const width = Math.min(box.x2, outer.x2) - Math.max(box.x1, outer.x1)
  const height = Math.min(box.y2, outer.y2) - Math.max(box.y1, outer.y1)
  if (!(width > 0 && height > 0)) return 0
  return (width * height) / ((box.x2 - box.x1) * (box.y2 - box.y1))
}
