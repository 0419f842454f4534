/**
 * @file Zoom about a random place: expand and crop as one continuous choice, without conditions on IoU.
 * Zooming in and out by the same factor is equally likely (the zoom is uniform on a logarithmic scale).
 *
 *     window = picture / zoom,   left = u · (picture - window),   u uniform in 0..1
 *
 * One formula serves both ways: zoomed in, the window stays inside the picture; zoomed out, the picture
 * stays inside the window.
 */
import type { Box } from '../box/box.ts'
import type { Random } from '../random/random.ts'
import type { JitterOptions } from './options.ts'
import { keepsObject } from './window.ts'

/** Zoomed-in windows may miss every object; after this many the last one is replaced by the whole. */
const TRIALS = 50 // as many as SSD's crop has

/**
 * Draws a window of the same aspect ratio about a random place of another one.
 * @param window corners in pixels of the source picture
 * @param boxes the objects; one of their centres is kept, if there are any
 */
export function drawJitter(
  window: Box,
  boxes: readonly Box[],
  random: Random,
  { zoom }: JitterOptions,
): Box {
  const [low, high] = zoom
  for (let trial = 0; trial < TRIALS; trial++) {
    const factor = 1 / (low * (high / low) ** random.uniform())
    const width = (window.x2 - window.x1) * factor
    const height = (window.y2 - window.y1) * factor
    const x1 = window.x1 + random.uniform() * (window.x2 - window.x1 - width)
    const y1 = window.y1 + random.uniform() * (window.y2 - window.y1 - height)
    const jittered = { x1, y1, x2: x1 + width, y2: y1 + height }
    if (keepsObject(jittered, boxes)) return jittered
  }
  return window
}
