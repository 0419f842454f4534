import { expect, test } from 'vitest'
import { hslToRgb } from './hsl.ts'

test.each([
  [0, 1, 0.5, [255, 0, 0]],
  [120, 1, 0.5, [0, 255, 0]],
  [-120, 1, 0.5, [0, 0, 255]],
  [60, 1, 0.25, [127.5, 127.5, 0]],
  [200, 0, 0.6, [153, 153, 153]],
  [77, 1, 1, [255, 255, 255]],
])('hue %s, saturation %s, lightness %s is %s', (hue, saturation, lightness, expected) => {
  hslToRgb(hue, saturation, lightness).forEach((value, c) => {
    expect(value).toBeCloseTo(expected[c]!, 9)
  })
})
