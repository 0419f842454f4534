/**
 * @file SSD's crop: zoom in on a random part, on condition that it shows an object well enough. The
 * condition itself is drawn, so that some pictures show objects whole and others only barely.
 *
 *     scale uniform, aspect ratio uniform within [scale², 1 / scale²], so that no side is longer than the window's
 *     width = window width · scale · √aspect,   height = window height · scale / √aspect
 *
 * Source: SSD paper, section 2.2; caffe/src/caffe/util/sampler.cpp (`SampleBBox`, `GenerateSamples`).
 * As in torchvision, a crop must hold the centre of an object; the original may return one without.
 */
import type { Box } from '../box/box.ts'
import { boxIou } from '../box/iou.ts'
import type { Random } from '../random/random.ts'
import type { CropOptions } from './options.ts'
import { keepsObject } from './window.ts'

/**
 * Draws a window inside another one.
 * @param window corners in pixels of the source picture
 * @param boxes the objects, in the same pixels; if there are none, the first crop is taken
 * @returns the crop; or the window itself, if `whole` was drawn or no trial met the condition
 */
export function drawCrop(
  window: Box,
  boxes: readonly Box[],
  random: Random,
  options: CropOptions,
): Box {
  if (!random.chance(options.probability)) return window
  const choice = random.pick(options.choices)
  if (choice === 'whole') return window
  const minimumIou = choice === 'free' ? 0 : choice
  for (let trial = 0; trial < options.trials; trial++) {
    const crop = drawPart(window, random, options)
    if (!keepsObject(crop, boxes)) continue
    if (boxes.length === 0 || boxes.some((box) => boxIou(crop, box) >= minimumIou)) return crop
  }
  return window
}

/** Any part of a window, of random scale, aspect ratio and place. */
function drawPart(window: Box, random: Random, { scale, aspectRatio }: CropOptions): Box {
  const side = random.between(...scale)
  const lowest = Math.max(aspectRatio[0], side * side)
  const highest = Math.min(aspectRatio[1], 1 / (side * side))
  const stretch = Math.sqrt(random.between(lowest, highest))
  const windowWidth = window.x2 - window.x1
  const windowHeight = window.y2 - window.y1
  const width = windowWidth * side * stretch
  const height = (windowHeight * side) / stretch
  const x1 = window.x1 + random.uniform() * (windowWidth - width)
  const y1 = window.y1 + random.uniform() * (windowHeight - height)
  return { x1, y1, x2: x1 + width, y2: y1 + height }
}
