import { expect, test } from 'vitest'
import { applyColours, IDENTITY_COLOURS } from '../image/colour-matrix.ts'
import { createRandom } from '../random/random.ts'
import { brighten, drawColours, saturate, scaleContrast, turnHue } from './colour.ts'
import { SSD_AUGMENTATION } from './options.ts'

const options = SSD_AUGMENTATION.colour
const orange = [200, 120, 40] as const

function expectColour(found: readonly number[], expected: readonly number[]): void {
  found.forEach((value, c) => {
    expect(value).toBeCloseTo(expected[c]!, 9)
  })
}

test('brightness adds, contrast multiplies', () => {
  expectColour(applyColours(brighten(-10), orange), [190, 110, 30])
  expectColour(applyColours(scaleContrast(1.5), orange), [300, 180, 60])
})

test('without saturation a colour is the grey of its brightness, and greys never change', () => {
  const luma = 0.299 * 200 + 0.587 * 120 + 0.114 * 40
  expectColour(applyColours(saturate(0), orange), [luma, luma, luma])
  expectColour(applyColours(saturate(1), orange), orange)
  expectColour(applyColours(saturate(1.5), [90, 90, 90]), [90, 90, 90])
})

test('a third of a turn makes red green, green blue and blue red; greys stay', () => {
  expectColour(applyColours(turnHue(120), orange), [40, 200, 120])
  expectColour(applyColours(turnHue(17), [90, 90, 90]), [90, 90, 90])
})

test('a turn of hue and the turn back change nothing', () => {
  expectColour(applyColours(turnHue(-18), applyColours(turnHue(18), orange)), orange)
})

test('probability 0 changes nothing', () => {
  const still = { ...options, probability: 0 }
  expect(drawColours(createRandom(1), still)).toEqual(IDENTITY_COLOURS)
})

test('the same seed draws the same colours, and about one picture in sixteen keeps its own', () => {
  expect(drawColours(createRandom(3, 4), options)).toEqual(drawColours(createRandom(3, 4), options))
  const drawn = Array.from({ length: 1600 }, (_, seed) => drawColours(createRandom(seed), options))
  const same = drawn.filter((matrix) => matrix.flat().join() === IDENTITY_COLOURS.flat().join())
  expect(Math.abs(same.length - 100)).toBeLessThan(40)
})
