import { expect, test } from 'vitest'
import { shareInside } from './share-inside.ts'

const box = { x1: 10, y1: 0, x2: 30, y2: 10 }

test('the share is that of the box, however large the other is', () => {
  expect(shareInside(box, { x1: 20, y1: 0, x2: 500, y2: 300 })).toBe(0.5)
  expect(shareInside(box, { x1: 20, y1: 5, x2: 500, y2: 300 })).toBe(0.25)
  expect(shareInside(box, { x1: 0, y1: 0, x2: 500, y2: 300 })).toBe(1)
  expect(shareInside({ x1: 0, y1: 0, x2: 500, y2: 300 }, box)).toBeCloseTo(200 / 150_000, 12)
})

test('boxes that only touch, lie apart or are broken share nothing', () => {
  expect(shareInside(box, { x1: 30, y1: 0, x2: 40, y2: 10 })).toBe(0)
  expect(shareInside(box, { x1: 50, y1: 40, x2: 60, y2: 50 })).toBe(0)
  expect(shareInside(box, { x1: Number.NaN, y1: 0, x2: 60, y2: 50 })).toBe(0)
})
