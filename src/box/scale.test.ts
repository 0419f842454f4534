import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scaleBox } from './scale.ts'

test('x follows the width and y follows the height', () => {
  // width 640 -> 320 halves x, height 480 -> 960 doubles y
  const box = { x1: 10, y1: 20, x2: 100, y2: 200 }
  const scaled = scaleBox(box, { width: 640, height: 480 }, { width: 320, height: 960 })
  expect(scaled).toEqual({ x1: 5, y1: 40, x2: 50, y2: 400 })
})

test('scaling there and back gives the box again', () => {
  const pixels = fc.integer({ min: 1, max: 4000 })
  const size = fc.record({ width: pixels, height: pixels })
  const box = fc.record({ x1: pixels, y1: pixels, x2: pixels, y2: pixels })
  fc.assert(
    fc.property(box, size, size, (original, from, to) => {
      const back = scaleBox(scaleBox(original, from, to), to, from)
      expect(back.x1).toBeCloseTo(original.x1, 6)
      expect(back.y2).toBeCloseTo(original.y2, 6)
    }),
  )
})
