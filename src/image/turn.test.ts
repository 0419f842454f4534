import { assert, double, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { resizeTransform, windowTransform } from './transform.ts'
import { lookThroughTurn, turnBox, turnHull } from './turn.ts'

const coordinate = double({ min: 0, max: 200, noNaN: true })
const turns = record({
  x: coordinate,
  y: coordinate,
  angle: double({ min: -Math.PI, max: Math.PI, noNaN: true }),
})
const boxes = record({
  x1: coordinate,
  y1: coordinate,
  w: double({ min: 0, max: 150, noNaN: true }),
  h: double({ min: 0, max: 90, noNaN: true }),
}).map(({ x1, y1, w, h }) => ({ x1, y1, x2: x1 + w, y2: y1 + h }))

test('a quarter turn swaps the sides of a box and carries its centre clockwise', () => {
  // Centre (40, 10) is 30 to the right of (10, 10); afterwards 30 below it. 20 x 8 becomes 8 x 20.
  const turn = { x: 10, y: 10, angle: Math.PI / 2 }
  for (const turned of [turnBox, turnHull]) {
    const { x1, y1, x2, y2 } = turned({ x1: 30, y1: 6, x2: 50, y2: 14 }, turn)
    expect([x1, y1, x2, y2].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([6, 30, 14, 50])
  }
})

test('at 45 degrees a square of 10 has a hull of 14.14, and its circle a box of 10', () => {
  const turn = { x: 0, y: 0, angle: Math.PI / 4 }
  const square = { x1: -5, y1: -5, x2: 5, y2: 5 }
  expect(turnHull(square, turn).x2).toBeCloseTo(10 / Math.SQRT2)
  expect(turnBox(square, turn).x2).toBeCloseTo(5)
})

test('no turn changes no box, and the hull always holds the box of the ellipse', () => {
  assert(
    property(boxes, turns, (box, turn) => {
      const still = turnBox(box, { ...turn, angle: 0 })
      const [inner, outer] = [turnBox(box, turn), turnHull(box, turn)]
      for (const key of ['x1', 'y1', 'x2', 'y2'] as const)
        expect(still[key]).toBeCloseTo(box[key], 9)
      expect(Math.min(inner.x1 - outer.x1, inner.y1 - outer.y1)).toBeGreaterThan(-1e-9)
      expect(Math.min(outer.x2 - inner.x2, outer.y2 - inner.y2)).toBeGreaterThan(-1e-9)
    }),
  )
})

test('a pixel looks where its point came from: what a label was turned by is undone', () => {
  const size = { width: 200, height: 100 }
  const first = windowTransform({ x1: 0, y1: 0, x2: 96, y2: 120 }, size)
  const stored = resizeTransform(size, { width: 50, height: 80 })
  assert(
    property(turns, boxes, (turn, { x1, y1 }) => {
      // A point is a box without sides; it is turned, and looked at through the window's way back.
      const { x1: u, y1: v } = turnBox({ x1, y1, x2: x1, y2: y1 }, turn)
      const [i, k] = [(u - first.shiftX) / first.scaleX, (v - first.shiftY) / first.scaleY]
      const { xx, xy, x0, yx, yy, y0 } = lookThroughTurn(first, turn, stored)
      expect(xx * i + xy * k + x0).toBeCloseTo(x1 * stored.scaleX, 6)
      expect(yx * i + yy * k + y0).toBeCloseTo(y1 * stored.scaleY, 6)
    }),
  )
})
