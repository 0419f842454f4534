import { expect, test } from 'vitest'
import { clipBox } from './clip.ts'

const wide = { width: 30, height: 10 }

test('what sticks out of the picture is cut off, width and height each at its own edge', () => {
  const clipped = clipBox({ x1: -2, y1: -3, x2: 40, y2: 20 }, wide)
  expect(clipped).toEqual({ x1: 0, y1: 0, x2: 30, y2: 10 })
})

test('a box inside stays as it is', () => {
  const inside = { x1: 1, y1: 2, x2: 29, y2: 9 }
  expect(clipBox(inside, wide)).toEqual(inside)
})

test('a box wholly outside ends without area on the edge', () => {
  expect(clipBox({ x1: 35, y1: 2, x2: 40, y2: 9 }, wide)).toEqual({ x1: 30, y1: 2, x2: 30, y2: 9 })
})
