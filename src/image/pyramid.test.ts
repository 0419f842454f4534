import { expect, test } from 'vitest'
import { createImage } from './image.ts'
import { buildPyramid, halveImage, pyramidBytes, pyramidLevel } from './pyramid.ts'

test('halving averages each 2x2 pixels, and an odd last column with itself', () => {
  const data = Uint8Array.from([10, 20, 31, 30, 43, 51].flatMap((v) => [v, 0, 255]))
  const half = halveImage({ width: 3, height: 2, data })
  // (10 + 20 + 30 + 43) / 4 = 25.75, rounded to 26;  (31 + 31 + 51 + 51) / 4 = 41
  expect(half).toEqual({ width: 2, height: 1, data: Uint8Array.from([26, 0, 255, 41, 0, 255]) })
})

test('a 10x6 picture has levels 10x6, 5x3, 3x2, 2x1, 1x1 and no more', () => {
  const sizes = buildPyramid(createImage({ width: 10, height: 6 }), 9).levels.map(
    ({ width, height }) => `${width}x${height}`,
  )
  expect(sizes).toEqual(['10x6', '5x3', '3x2', '2x1', '1x1'])
})

test('no more levels are kept than asked for, and the picture itself always', () => {
  const image = createImage({ width: 10, height: 6 })
  expect(buildPyramid(image, 2).levels).toHaveLength(2)
  expect(buildPyramid(image, 0).levels).toEqual([image])
  expect(pyramidBytes(buildPyramid(image, 2))).toBe(3 * (60 + 15))
})

test('the level read is the first whose steps are at most 1.65 pixels', () => {
  const pyramid = buildPyramid(createImage({ width: 64, height: 32 }), 4)
  const steps = [0.1, 1, 1.6, 1.7, 3.2, 3.4, 6.7, 1000]
  expect(steps.map((step) => pyramidLevel(pyramid, step))).toEqual([0, 0, 0, 1, 1, 2, 3, 3])
})
