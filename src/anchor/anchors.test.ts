import { expect, test } from 'vitest'
import { countAnchors, type FeatureMap, generateAnchors } from './anchors.ts'

const wide: FeatureMap = {
  gridWidth: 3,
  gridHeight: 2,
  strideX: 10,
  strideY: 20,
  shapes: [
    { width: 8, height: 4 },
    { width: 2, height: 6 },
  ],
}

test('anchors run over rows, then columns, then shapes', () => {
  const { count, centreSizes } = generateAnchors([wide])
  expect(count).toBe(12)
  expect([...centreSizes.subarray(0, 12)]).toEqual([5, 10, 8, 4, 5, 10, 2, 6, 15, 10, 8, 4])
  // row 1, column 0 is anchor (1 * 3 + 0) * 2 = 6: x = .5 * 10, y = 1.5 * 20
  expect([...centreSizes.subarray(24, 28)]).toEqual([5, 30, 8, 4])
})

test('corners are the same boxes and may leave the picture', () => {
  const { corners } = generateAnchors([{ ...wide, shapes: [{ width: 14, height: 4 }] }])
  expect([...corners.subarray(0, 4)]).toEqual([-2, 8, 12, 12]) // 5 - 14 / 2 = -2
})

test('maps follow each other', () => {
  const one = { ...wide, gridWidth: 1, gridHeight: 1, strideX: 320 / 3, strideY: 40 }
  const { count, centreSizes } = generateAnchors([wide, one])
  expect(count).toBe(14)
  expect(centreSizes[48]).toBeCloseTo(320 / 6, 4)
  expect(centreSizes[49]).toBe(20)
})

test('fast.ai lesson 9 has 189 anchors: grids 4, 2, 1 with 3 zooms and 3 ratios', () => {
  const shapes = Array.from({ length: 9 }, () => ({ width: 1, height: 1 }))
  const maps = [4, 2, 1].map((cells) => ({ ...wide, gridWidth: cells, gridHeight: cells, shapes }))
  expect(maps.reduce((sum, map) => sum + countAnchors(map), 0)).toBe(189) // (16 + 4 + 1) * 9
})

test('a grid of half a cell is refused with its number', () => {
  expect(() => generateAnchors([wide, { ...wide, gridWidth: 2.5 }])).toThrow(
    'generateAnchors: expected a grid of whole cells, got 2.5 x 2 (feature map 1)',
  )
})

test.each([
  ['stride', { ...wide, strideY: 0 }],
  ['side', { ...wide, shapes: [{ width: 3, height: Number.NaN }] }],
])('a %s that is not above 0 is refused', (_, map) => {
  expect(() => generateAnchors([map])).toThrow('expected strides and shapes above 0 pixels')
})
