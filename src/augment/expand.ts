/**
 * @file Zooming out: the picture is put somewhere on a canvas up to four times as wide and high, and so
 * its objects become small. This made the largest difference of all on small objects (SSD paper, section
 * 3.6 and table 6).
 *
 *     canvas = ratio · picture,   place uniform on the canvas
 */
import type { Box } from '../box/box.ts'
import type { Random } from '../random/random.ts'
import type { ExpandOptions } from './options.ts'

/**
 * Draws a larger window around one, keeping its aspect ratio; or leaves it.
 * @param window corners in pixels of the source picture
 * @returns a window that contains the old one
 */
export function drawExpand(
  window: Box,
  random: Random,
  { probability, ratio }: ExpandOptions,
): Box {
  if (!random.chance(probability)) return window
  const factor = random.between(...ratio)
  const width = window.x2 - window.x1
  const height = window.y2 - window.y1
  const x1 = window.x1 - random.uniform() * (factor - 1) * width
  const y1 = window.y1 - random.uniform() * (factor - 1) * height
  return { x1, y1, x2: x1 + factor * width, y2: y1 + factor * height }
}
