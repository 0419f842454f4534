import { expect, test } from 'vitest'
import { greyOf, sharpnessOf, spreadOf, THUMB, thumbOf } from './picture-look.ts'

test('grey is as bright as a colour is to the eye: green most, blue least', () => {
  const rgb = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 10, 20, 30)
  // .299, .587 and .114 of 255; 2.99 + 11.74 + 3.42 = 18.15
  expect([...greyOf(rgb)]).toEqual([76, 150, 29, 255, 18])
})

test('a thumb is the mean of the pixels under each of its cells, of wide and of tiny pictures', () => {
  const [width, height] = [64, 96]
  const wide = Uint8Array.from({ length: width * height }, (_, at) => (at % width) * 2)
  // Columns 0 and 1 hold 0 and 2, the last two 124 and 126; every row is alike.
  const thumb = thumbOf(wide, { width, height })
  expect([thumb[0], thumb[1], thumb[31], thumb.at(-1)]).toEqual([1, 5, 125, 125])
  const tiny = thumbOf(Uint8Array.of(10, 200), { width: 2, height: 1 })
  expect(tiny).toHaveLength(THUMB.width * THUMB.height)
  expect([tiny[0], tiny[15], tiny[16], tiny[31], tiny.at(-1)]).toEqual([10, 10, 200, 200, 200])
})

test('sharpness is the deviation of what a pixel differs from its neighbours by', () => {
  // 4 wide, 3 high: two inner pixels, whose Laplacians are 4 * 9 = 36 and -9.
  const grey = Uint8Array.of(0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0)
  expect(sharpnessOf(grey, { width: 4, height: 3 })).toBeCloseTo(22.5, 6)
  expect(sharpnessOf(new Uint8Array(12).fill(7), { width: 4, height: 3 })).toBe(0)
  expect(sharpnessOf(grey, { width: 2, height: 6 })).toBe(0)
})

test('the spread of values is their mean and deviation', () => {
  expect(spreadOf(Uint8Array.of(1, 3, 5, 7))).toEqual({ mean: 4, deviation: Math.sqrt(5) })
})
