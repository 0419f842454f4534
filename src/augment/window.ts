/**
 * @file The window: the part of the world that the network will see, as a box in pixels of the source
 * picture. Cropping draws a smaller window, zooming out a larger one that reaches beyond the picture.
 * Nothing is moved until the end, when the window is stretched over the network's input.
 */
import type { Box, Size } from '../box/box.ts'

/** The window that shows a whole picture. */
export function wholeWindow({ width, height }: Size): Box {
  return { x1: 0, y1: 0, x2: width, y2: height }
}

/** Whether the centre of a box lies in a window: SSD's rule for which objects a crop keeps (section 2.2). */
export function holdsCentre(window: Box, box: Box): boolean {
  const x = (box.x1 + box.x2) / 2
  const y = (box.y1 + box.y2) / 2
  return x >= window.x1 && x < window.x2 && y >= window.y1 && y < window.y2
}

/** Whether a window is of use to learn from: it holds an object, or there is none to hold. */
export function keepsObject(window: Box, boxes: readonly Box[]): boolean {
  return boxes.length === 0 || boxes.some((box) => holdsCentre(window, box))
}
