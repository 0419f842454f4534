/**
 * @file The hand that moves boxes: which part of which box a point is on, and what a box becomes when that part is
 * dragged. Pure, in the units of the drawing.
 */
import type { Box, Size } from 'singleshot/core'

/** The part of a box that is held: its inside, or the sides that move. */
export interface Grip {
  readonly x1: boolean
  readonly y1: boolean
  readonly x2: boolean
  readonly y2: boolean
}

/** The whole box. */
export const INSIDE: Grip = { x1: true, y1: true, x2: true, y2: true }

/** A box may not become smaller than this, in units of the drawing. */
export const LEAST_SIDE = 4

/** Which part of a box a point is on; null if it is outside. @param reach how near an edge counts as on it */
export function gripAt({ x1, y1, x2, y2 }: Box, x: number, y: number, reach: number): Grip | null {
  if (x < x1 - reach || x > x2 + reach || y < y1 - reach || y > y2 + reach) return null
  // In a small box the inside must stay large enough to be held.
  const inwardX = Math.min(reach, (x2 - x1) / 4)
  const inwardY = Math.min(reach, (y2 - y1) / 4)
  const grip = {
    x1: x < x1 + inwardX,
    y1: y < y1 + inwardY,
    x2: x > x2 - inwardX,
    y2: y > y2 - inwardY,
  }
  return Object.values(grip).some(Boolean) ? grip : INSIDE
}

/** The box and part under a point, the smallest box first, so that one inside another can be reached. */
export function findGrip(
  boxes: readonly (Box | null)[],
  x: number,
  y: number,
  reach: number,
): { index: number; grip: Grip } | null {
  const area = (box: Box) => (box.x2 - box.x1) * (box.y2 - box.y1)
  const order = [...boxes.keys()]
    .filter((i) => boxes[i] !== null)
    .toSorted((a, b) => area(boxes[a]!) - area(boxes[b]!))
  for (const index of order) {
    const grip = gripAt(boxes[index]!, x, y, reach)
    if (grip !== null) return { index, grip }
  }
  return null
}

/** A box whose held part has been moved; it stays inside the drawing and keeps its least side. */
export function dragBox(
  box: Box,
  grip: Grip,
  dx: number,
  dy: number,
  { width, height }: Size,
): Box {
  if (grip === INSIDE || Object.values(grip).every(Boolean)) {
    const mx = Math.min(Math.max(dx, -box.x1), width - box.x2)
    const my = Math.min(Math.max(dy, -box.y1), height - box.y2)
    return { x1: box.x1 + mx, y1: box.y1 + my, x2: box.x2 + mx, y2: box.y2 + my }
  }
  const between = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)
  return {
    x1: grip.x1 ? between(box.x1 + dx, 0, box.x2 - LEAST_SIDE) : box.x1,
    y1: grip.y1 ? between(box.y1 + dy, 0, box.y2 - LEAST_SIDE) : box.y1,
    x2: grip.x2 ? between(box.x2 + dx, box.x1 + LEAST_SIDE, width) : box.x2,
    y2: grip.y2 ? between(box.y2 + dy, box.y1 + LEAST_SIDE, height) : box.y2,
  }
}

/** The mouse pointer that shows what a grip would do. */
export function cursorOf(grip: Grip | null): string {
  if (grip === null) return 'default'
  if (Object.values(grip).every(Boolean)) return 'move'
  const across = grip.x1 || grip.x2
  const along = grip.y1 || grip.y2
  if (across && along)
    return (grip.x1 && grip.y1) || (grip.x2 && grip.y2) ? 'nwse-resize' : 'nesw-resize'
  return across ? 'ew-resize' : 'ns-resize'
}
