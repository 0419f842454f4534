import { expect, test } from 'vitest'
import { classColour, hexOf, inkOn } from './palette.ts'

test('the first twenty classes have colours that differ well, always the same', () => {
  const colours = Array.from({ length: 20 }, (_, i) => classColour(i))
  colours.forEach((a, i) => {
    for (const b of colours.slice(0, i))
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(20)
  })
  expect(classColour(3)).toEqual(colours[3])
})

test('colours are written as CSS has them, with letters that can be read on them', () => {
  expect(hexOf([255, 10, 0])).toBe('#ff0a00')
  expect(inkOn([255, 255, 0])).toBe('#000000')
  expect(inkOn([0, 0, 200])).toBe('#ffffff')
})
