import { expect, test } from 'vitest'
import { createImage } from './image.ts'

test('a new picture is black, or of the colour that is given', () => {
  expect([...createImage({ width: 2, height: 1 }).data]).toEqual([0, 0, 0, 0, 0, 0])
  expect([...createImage({ width: 1, height: 2 }, [1, 2, 3]).data]).toEqual([1, 2, 3, 1, 2, 3])
})

test.each([0, -1, 1.5, Number.NaN])('a side of %s pixels is refused', (width) => {
  expect(() => createImage({ width, height: 4 })).toThrow(/createImage: .*got/)
})
