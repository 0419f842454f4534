/** @file Grids and anchors on a picture. Thousands of anchors are one path, so that a slider stays smooth. */
import type { Size } from 'singleshot/core'
import type { FigureBox } from '../../figure/figure-box.ts'
import type { Line } from '../../figure/tones.ts'
import type { View } from '../../figure/view.ts'
import { anchorBox, type Layout } from './layout.ts'

/** The outlines of the anchors from `from` to before `to`, in pixels of the picture. */
export function outlinesOf({ anchors, input }: Layout, from: number, to: number, picture: Size) {
  const path = new Path2D()
  const scaleX = picture.width / input.width
  const scaleY = picture.height / input.height
  const { corners } = anchors
  for (let at = from * 4; at < to * 4; at += 4)
    path.rect(
      corners[at]! * scaleX,
      corners[at + 1]! * scaleY,
      (corners[at + 2]! - corners[at]!) * scaleX,
      (corners[at + 3]! - corners[at + 1]!) * scaleY,
    )
  return path
}

/** The lines between the cells of a map, in pixels of the picture. */
export function gridOf({ maps, input }: Layout, map: number, picture: Size) {
  const { gridWidth, gridHeight, strideX, strideY } = maps[map]!
  const path = new Path2D()
  for (let column = 1; column < gridWidth; column++) {
    const x = (column * strideX * picture.width) / input.width
    path.moveTo(x, 0)
    path.lineTo(x, picture.height)
  }
  for (let row = 1; row < gridHeight; row++) {
    const y = (row * strideY * picture.height) / input.height
    path.moveTo(0, y)
    path.lineTo(picture.width, y)
  }
  return path
}

/** Which line a shape has: squares solid, lying ones dashed, standing ones dotted. */
export function lineOf({ width, height }: Size): Line {
  const ratio = width / height
  return ratio > 1.01 ? 'dashed' : ratio < 0.99 ? 'dotted' : 'solid'
}

/** The anchors of one cell as boxes to draw. */
export function cellBoxes(
  layout: Layout,
  map: number,
  [from, to]: readonly [number, number],
  picture: Size,
): FigureBox[] {
  return Array.from({ length: to - from }, (_, shape) => ({
    box: anchorBox(layout, from + shape, picture),
    tone: 'first',
    line: lineOf(layout.maps[map]!.shapes[shape]!),
  }))
}

/** Strokes a path with a tone. @param width in CSS pixels */
export function strokePath(
  context: CanvasRenderingContext2D,
  view: View,
  path: Path2D,
  { tone, width, alpha }: { tone: Parameters<View['colour']>[0]; width: number; alpha: number },
): void {
  context.save()
  context.globalAlpha = alpha
  context.strokeStyle = view.colour(tone)
  context.lineWidth = width * view.pixel
  context.stroke(path)
  context.restore()
}
