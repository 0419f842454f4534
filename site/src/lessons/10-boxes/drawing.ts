/** @file What is drawn on the picture: many boxes in one stroke, and one claim's way from its anchor to its box. */
import { type Box, boxAt } from 'singleshot/core'
import { drawBox, drawLabel } from '../../figure/figure-box.ts'
import type { Tone } from '../../figure/tones.ts'
import type { View } from '../../figure/view.ts'

/** How a crowd of boxes is drawn. */
export interface Crowd {
  readonly tone: Tone | 'ink'
  /** 0..1: the more boxes, the fainter. */
  readonly strength: number
  /** CSS pixels. */
  readonly width?: number
  /** Dashes in CSS pixels. */
  readonly dash?: readonly number[]
}

/** Draws boxes in one path: quick also for thousands. */
export function drawCrowd(
  context: CanvasRenderingContext2D,
  view: View,
  boxes: readonly Box[],
  { tone, strength, width = 1.2, dash = [] }: Crowd,
): void {
  const path = new Path2D()
  for (const { x1, y1, x2, y2 } of boxes) path.rect(x1, y1, x2 - x1, y2 - y1)
  context.save()
  context.globalAlpha = strength
  context.strokeStyle = view.colour(tone)
  context.lineWidth = width * view.pixel
  context.setLineDash(dash.map((length) => length * view.pixel))
  context.stroke(path)
  context.restore()
}

/** Thousands of boxes faint, a dozen strong. */
export function strengthFor(count: number): number {
  return Math.min(0.9, Math.max(0.25, 5 / Math.sqrt(count + 1)))
}

/** One claim: its anchor dotted, an arrow between the middles, its box. */
export function drawWay(
  context: CanvasRenderingContext2D,
  view: View,
  { anchor, box, label }: { anchor: Box; box: Box | null; label: string },
): void {
  drawBox(context, view, { box: anchor, tone: 'anchor', width: 2.5 })
  if (box === null) {
    drawLabel(context, view, {
      text: label,
      x: anchor.x1,
      y: anchor.y1,
      colour: view.colour('anchor'),
    })
    return
  }
  drawBox(context, view, { box, tone: 'detection', line: 'solid', width: 3.5 })
  drawArrow(context, view, middle(anchor), middle(box))
  drawLabel(context, view, { text: label, x: box.x1, y: box.y1, colour: view.colour('detection') })
}

/** Every anchor as boxes. @param corners [A, 4] */
export function boxesOf(corners: Float32Array): Box[] {
  return Array.from({ length: corners.length / 4 }, (_, i) => boxAt(corners, i))
}

interface Point {
  readonly x: number
  readonly y: number
}

const middle = ({ x1, y1, x2, y2 }: Box): Point => ({ x: (x1 + x2) / 2, y: (y1 + y2) / 2 })

function drawArrow(context: CanvasRenderingContext2D, view: View, from: Point, to: Point): void {
  const { pixel } = view
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  const head = 8 * pixel
  context.save()
  context.lineCap = 'round'
  for (const [colour, width] of [
    ['card', 5],
    ['detection', 2.5],
  ] as const) {
    context.strokeStyle = view.colour(colour)
    context.lineWidth = width * pixel
    context.beginPath()
    context.moveTo(from.x, from.y)
    context.lineTo(to.x, to.y)
    if (Math.hypot(to.x - from.x, to.y - from.y) > 4 * pixel)
      for (const turn of [2.6, -2.6]) {
        context.moveTo(to.x, to.y)
        context.lineTo(to.x + head * Math.cos(angle + turn), to.y + head * Math.sin(angle + turn))
      }
    context.stroke()
  }
  context.fillStyle = view.colour('anchor')
  context.beginPath()
  context.arc(from.x, from.y, 3.5 * pixel, 0, 2 * Math.PI)
  context.fill()
  context.restore()
}
