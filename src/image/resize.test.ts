import { assert, integer, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { createImage, type Image } from './image.ts'
import { resizeImage } from './resize.ts'

/** One row of grey pixels. */
function greyRow(...values: number[]): Image {
  const data = Uint8Array.from(values.flatMap((value) => [value, value, value]))
  return { width: values.length, height: 1, data }
}

const reds = (image: Image) => [...image.data].filter((_, i) => i % 3 === 0)

test('shrinking 4 pixels to 2 weighs them 3, 3, 1 about each new centre', () => {
  // Centre 1, reach 2: pixels at 0.5, 1.5, 2.5 weigh 0.75, 0.75, 0.25 (the fourth, left of the edge, is missing).
  // (0.75 · 10 + 0.75 · 20 + 0.25 · 30) / 1.75 = 17.14;  mirrored: (0.25 · 20 + 0.75 · 30 + 0.75 · 40) / 1.75 = 32.86
  expect(reds(resizeImage(greyRow(10, 20, 30, 40), { width: 2, height: 1 }))).toEqual([17, 33])
})

test('growing 2 pixels to 4 mixes neighbours by distance and repeats the edge', () => {
  // Centres 0.25, 0.75, 1.25, 1.75; old centres 0.5 and 1.5.
  expect(reds(resizeImage(greyRow(0, 100), { width: 4, height: 1 }))).toEqual([0, 25, 75, 100])
})

test('rows are mixed by the same rule as columns', () => {
  const { data } = greyRow(10, 20, 30, 40)
  expect(reds(resizeImage({ width: 1, height: 4, data }, { width: 1, height: 2 }))).toEqual([
    17, 33,
  ])
})

test('a fine checkerboard becomes grey when it shrinks, and does not flicker', () => {
  const values = Array.from({ length: 60 }, (_, i) => (i % 2) * 255)
  for (const value of reds(resizeImage(greyRow(...values), { width: 7, height: 1 })).slice(1, -1))
    expect(Math.abs(value - 127.5)).toBeLessThan(8)
})

test('one colour stays that colour at every size', () => {
  const side = integer({ min: 1, max: 23 })
  assert(
    property(tuple(side, side), tuple(side, side), ([width, height], [w, h]) => {
      const resized = resizeImage(createImage({ width, height }, [3, 141, 255]), {
        width: w,
        height: h,
      })
      expect(resized).toEqual(createImage({ width: w, height: h }, [3, 141, 255]))
    }),
  )
  expect.hasAssertions()
})

test('the same size gives the same picture', () => {
  const image = createImage({ width: 5, height: 3 })
  expect(resizeImage(image, { width: 5, height: 3 })).toBe(image)
})

test('a new size without pixels is refused', () => {
  expect(() => resizeImage(greyRow(1), { width: 0, height: 4 })).toThrow('resizeImage')
})
