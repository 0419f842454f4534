/**
 * @file Turning a picture about a point, and what becomes of its boxes. A box that lies straight in the turned picture
 * cannot be known from the old one alone: the object inside is not a rectangle. Two answers are given:
 *
 *     hull      the smallest box around the four turned corners; never too small, up to twice the area at 45 degrees
 *     ellipse   the smallest box around the turned ellipse that fills the old box; right for a round object
 *
 *     w' = sqrt((w · cos)² + (h · sin)²)        h' = sqrt((w · sin)² + (h · cos)²)        (of the ellipse)
 *     w' = w · |cos| + h · |sin|                h' = w · |sin| + h · |cos|                (of the hull)
 *
 * Labels are turned as ellipses: hulls teach a detector to draw boxes that are too large. Source: Kalra and others,
 * "Towards Rotation Invariance in Object Detection" (arXiv 2109.13488).
 */
import type { Box } from '../box/box.ts'
import type { Transform } from './transform.ts'

/** A turn about a point: clockwise on the screen, where y points down. */
export interface Turn {
  /** The point that stays, pixels. */
  readonly x: number
  readonly y: number
  /** Radians; below 0 the other way round. */
  readonly angle: number
}

/** A map of the plane: x' = xx·x + xy·y + x0, y' = yx·x + yy·y + y0. */
export interface Affine {
  readonly xx: number
  readonly xy: number
  readonly x0: number
  readonly yx: number
  readonly yy: number
  readonly y0: number
}

/** Where a label lands: the box of the turned ellipse that fills it. @returns pixels, x1 <= x2 and y1 <= y2 */
export function turnBox(box: Box, turn: Turn): Box {
  const { width, height, cos, sin } = sidesOf(box, turn)
  return boxAbout(
    centreOf(box, turn),
    Math.hypot(width * cos, height * sin),
    Math.hypot(width * sin, height * cos),
  )
}

/** The box around all that the box held. @returns pixels, x1 <= x2 and y1 <= y2 */
export function turnHull(box: Box, turn: Turn): Box {
  const { width, height, cos, sin } = sidesOf(box, turn)
  return boxAbout(
    centreOf(box, turn),
    Math.abs(width * cos) + Math.abs(height * sin),
    Math.abs(width * sin) + Math.abs(height * cos),
  )
}

/**
 * Where a pixel looks in a picture that is shown turned: through `first`, then back by the turn, then through `last`.
 * @param first from the pixels that are drawn to the turned picture @param last from the picture to what is stored of it
 */
export function lookThroughTurn(first: Transform, { x, y, angle }: Turn, last: Transform): Affine {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const [dx, dy] = [first.shiftX - x, first.shiftY - y]
  return {
    xx: last.scaleX * cos * first.scaleX,
    xy: last.scaleX * sin * first.scaleY,
    x0: last.scaleX * (x + cos * dx + sin * dy) + last.shiftX,
    yx: -last.scaleY * sin * first.scaleX,
    yy: last.scaleY * cos * first.scaleY,
    y0: last.scaleY * (y - sin * dx + cos * dy) + last.shiftY,
  }
}

function sidesOf({ x1, y1, x2, y2 }: Box, { angle }: Turn) {
  return { width: x2 - x1, height: y2 - y1, cos: Math.cos(angle), sin: Math.sin(angle) }
}

function centreOf({ x1, y1, x2, y2 }: Box, { x, y, angle }: Turn): readonly [number, number] {
  const [dx, dy] = [(x1 + x2) / 2 - x, (y1 + y2) / 2 - y]
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return [x + cos * dx - sin * dy, y + sin * dx + cos * dy]
}

function boxAbout([x, y]: readonly [number, number], width: number, height: number): Box {
  return { x1: x - width / 2, y1: y - height / 2, x2: x + width / 2, y2: y + height / 2 }
}
