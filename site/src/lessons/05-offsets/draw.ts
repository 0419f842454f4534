/** @file Arrows from an anchor to its object, and how far tanh reaches. */
import { type Box, TANH_REACH } from 'singleshot/core'
import { drawLabel } from '../../figure/figure-box.ts'
import type { View } from '../../figure/view.ts'
import { middleOf } from './offsets.ts'

type Point = readonly [x: number, y: number]

/** An arrow with a pale rim. */
function drawArrow(context: CanvasRenderingContext2D, view: View, from: Point, to: Point): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  if (length < 3 * view.pixel) return
  const head = Math.min(9 * view.pixel, length * 0.6)
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0])
  const path = new Path2D()
  path.moveTo(...from)
  path.lineTo(...to)
  for (const side of [-0.5, 0.5]) {
    path.moveTo(...to)
    path.lineTo(to[0] - head * Math.cos(angle + side), to[1] - head * Math.sin(angle + side))
  }
  context.save()
  context.lineCap = 'round'
  for (const [colour, width] of [
    [view.colour('card'), 5],
    [view.colour('second'), 2.5],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = width * view.pixel
    context.stroke(path)
  }
  context.restore()
}

/** The move of the middle, the stretch of each side, and the words beside them. */
export function drawMove(
  context: CanvasRenderingContext2D,
  view: View,
  anchor: Box,
  object: Box,
  words: readonly [string, string, string, string],
): void {
  const [ax, ay] = middleOf(anchor)
  const [cx, cy] = middleOf(object)
  drawArrow(context, view, [ax, ay], [cx, cy])
  drawArrow(context, view, [anchor.x2, ay], [object.x2, ay])
  drawArrow(context, view, [ax, anchor.y2], [ax, object.y2])
  const colour = view.colour('second')
  const line = 22 * view.pixel
  const said = words.filter((word) => !word.startsWith('not'))
  const first = Math.min(ay, view.height - line * said.length)
  said.forEach((text, i) => {
    const x = Math.max(anchor.x2, object.x2) + 14 * view.pixel
    drawLabel(context, view, { text, x, y: Math.max(0, first) + (i + 1) * line, colour })
  })
}

/** A box's name at its lower edge; the object has its own on the upper one. */
export function drawName(
  context: CanvasRenderingContext2D,
  view: View,
  text: string,
  box: Box,
  tone: 'first' | 'detection',
): void {
  const at = tone === 'first' ? box.y2 : box.y1 + 24 * view.pixel
  drawLabel(context, view, { text, x: box.x1, y: at, colour: view.colour(tone) })
}

/** Lesson 9's reach: where the middle must stay, and the smallest and largest box about the anchor's middle. */
export function drawReach(context: CanvasRenderingContext2D, view: View, anchor: Box): void {
  const [cx, cy, w, h] = middleOf(anchor)
  context.save()
  context.fillStyle = view.colour('shared')
  context.globalAlpha = 0.2
  context.fillRect(cx - w * TANH_REACH, cy - h * TANH_REACH, 2 * w * TANH_REACH, 2 * h * TANH_REACH)
  context.globalAlpha = 0.9
  context.strokeStyle = view.colour('shared')
  context.lineWidth = 1.25 * view.pixel
  context.setLineDash([3 * view.pixel, 3 * view.pixel])
  for (const times of [1 - TANH_REACH, 1 + TANH_REACH])
    context.strokeRect(cx - (w * times) / 2, cy - (h * times) / 2, w * times, h * times)
  context.restore()
}
