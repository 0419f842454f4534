/** @file A box in a figure: where it is, what it means, what is written on it. */
import { type Box, placePlate } from 'singleshot/core'
import { DASHES, LINE_OF, type Line, type Tone } from './tones.ts'
import type { View } from './view.ts'

/** A box to draw. */
export interface FigureBox {
  readonly box: Box
  readonly tone: Tone
  /** Written on its upper edge. */
  readonly label?: string
  /** Default: the line of the tone. */
  readonly line?: Line
  /** Filled, thinly. */
  readonly filled?: boolean
  /** Cannot be moved, in a figure in which boxes can. */
  readonly fixed?: boolean
  /** Line width in CSS pixels, default 2. */
  readonly width?: number
}

/** Draws boxes, and then their labels, so that no label is crossed by another box or lies on another label. */
export function drawBoxes(
  context: CanvasRenderingContext2D,
  view: View,
  boxes: readonly FigureBox[],
): void {
  for (const box of boxes) drawBox(context, view, box)
  const taken: Box[] = []
  for (const { box, label, tone } of boxes) {
    if (label === undefined) continue
    const text = { text: label, x: box.x1, y: box.y1, colour: view.colour(tone) }
    taken.push(drawLabel(context, view, text, taken))
  }
}

/** Draws a box, without its label, with a pale rim, so that it can be seen on any picture. */
export function drawBox(
  context: CanvasRenderingContext2D,
  view: View,
  { box, tone, line = LINE_OF[tone], filled = false, width = 2 }: FigureBox,
): void {
  const { x1, y1, x2, y2 } = box
  const colour = view.colour(tone)
  context.save()
  context.lineJoin = 'round'
  if (filled) {
    context.globalAlpha = 0.22
    context.fillStyle = colour
    context.fillRect(x1, y1, x2 - x1, y2 - y1)
    context.globalAlpha = 1
  }
  context.strokeStyle = view.colour('card')
  context.globalAlpha = 0.75
  context.lineWidth = (width + 2) * view.pixel
  context.strokeRect(x1, y1, x2 - x1, y2 - y1)
  context.globalAlpha = 1
  context.strokeStyle = colour
  context.lineWidth = width * view.pixel
  context.setLineDash(DASHES[line].map((length) => length * view.pixel))
  context.strokeRect(x1, y1, x2 - x1, y2 - y1)
  context.restore()
}

/**
 * Text on a plate, standing on a point, kept inside the drawing.
 * @param taken plates on which it should not lie, if there is room near by @returns its own plate
 */
export function drawLabel(
  context: CanvasRenderingContext2D,
  view: View,
  { text, x, y, colour }: { text: string; x: number; y: number; colour: string },
  taken: readonly Box[] = [],
): Box {
  const { pixel } = view
  context.save()
  context.font = view.font(13, 600)
  const width = context.measureText(text).width + 10 * pixel
  const height = 19 * pixel
  const plate = placePlate({ left: x, top: y - height, width, height }, view, taken)
  context.fillStyle = colour
  context.beginPath()
  context.roundRect(plate.x1, plate.y1, width, height, 3 * pixel)
  context.fill()
  // Tones are dark on light pages and light on dark ones; the page itself is the other.
  context.fillStyle = view.colour('paper')
  context.textBaseline = 'middle'
  context.fillText(text, plate.x1 + 5 * pixel, plate.y1 + height / 2 + 0.5 * pixel)
  context.restore()
  return plate
}
