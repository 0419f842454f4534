import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toCentreSizes, toCorners } from './convert.ts'

test('corners become centre and size', () => {
  // cx = (10 + 40) / 2 = 25, cy = (20 + 30) / 2 = 25, w = 30, h = 10
  expect([...toCentreSizes(Float32Array.of(10, 20, 40, 30))]).toEqual([25, 25, 30, 10])
})

test('centre and size become corners, row by row', () => {
  const corners = toCorners(Float32Array.of(25, 25, 30, 10, 5, 8, 2, 4))
  expect([...corners]).toEqual([10, 20, 40, 30, 4, 6, 6, 10])
})

test('the two conversions undo each other', () => {
  const quarter = fc.integer({ min: -4000, max: 4000 }).map((n) => n / 4) // exact in 32 bits
  fc.assert(
    fc.property(fc.array(fc.tuple(quarter, quarter, quarter, quarter)), (rows) => {
      const corners = Float32Array.from(rows.flat())
      expect(toCorners(toCentreSizes(corners))).toEqual(corners)
    }),
  )
})

test('no boxes give no boxes', () => {
  expect(toCorners(new Float32Array(0))).toHaveLength(0)
})

test('an array that is not whole rows is refused', () => {
  expect(() => toCorners(new Float32Array(6))).toThrow(
    'toCorners: expected four numbers a box, got 6 numbers',
  )
})
