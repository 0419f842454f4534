import { expect, test } from 'vitest'
import { linearScales, pixelShapes, ssdShapes } from './shapes.ts'

const wide = { width: 400, height: 200 }

test('the SSD rule: two squares, then each ratio and its flip, as fractions of width and height', () => {
  const shapes = ssdShapes({ scale: 0.16, nextScale: 0.25, aspectRatios: [4], input: wide })
  // sqrt(.16 * .25) = .2; w = .16 * sqrt(4) = .32, h = .16 / sqrt(4) = .08
  const expected = [
    [64, 32],
    [80, 40],
    [128, 16],
    [32, 64],
  ]
  shapes.forEach(({ width, height }, i) => {
    expect(width).toBeCloseTo(expected[i]![0]!, 9)
    expect(height).toBeCloseTo(expected[i]![1]!, 9)
  })
  expect(shapes).toHaveLength(4)
})

test('shapes larger than the input are cut to it, unless asked not to', () => {
  const options = { scale: 0.8, nextScale: 1, aspectRatios: [4], input: wide }
  expect(ssdShapes(options)[2]!.width).toBe(400)
  expect(ssdShapes({ ...options, clampToInput: false })[2]!.width).toBeCloseTo(640, 9) // .8 * 2 * 400
})

test('scales grow evenly and end with the whole picture', () => {
  const scales = linearScales({ smallest: 0.2, largest: 0.8, mapCount: 4 })
  expect(scales.map((scale) => scale.toFixed(3))).toEqual([
    '0.200',
    '0.400',
    '0.600',
    '0.800',
    '1.000',
  ])
})

test('a single map goes from the smallest to the largest scale', () => {
  expect(linearScales({ smallest: 0.2, largest: 0.9, mapCount: 1 })).toEqual([0.2, 0.9])
})

test('the pixel rule keeps the area and gives width / height', () => {
  const shapes = pixelShapes({ sizes: [10, 30], aspectRatios: [1, 4] })
  expect(shapes).toEqual([
    { width: 10, height: 10 },
    { width: 20, height: 5 }, // 20 * 5 = 10 * 10, 20 / 5 = 4: lying
    { width: 30, height: 30 },
    { width: 60, height: 15 },
  ])
})

test('a scale, size or ratio that is not above 0 is refused', () => {
  const rule = 'expected scales, sizes and aspect ratios above 0'
  expect(() => pixelShapes({ sizes: [10], aspectRatios: [0] })).toThrow(
    `pixelShapes: ${rule}, got 0`,
  )
  expect(() =>
    ssdShapes({ scale: Number.NaN, nextScale: 1, aspectRatios: [], input: wide }),
  ).toThrow(`ssdShapes: ${rule}, got NaN`)
})
