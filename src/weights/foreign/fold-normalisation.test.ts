import { expect, it } from 'vitest'
import type { Normalisation } from '../../image/normalise.ts'
import { foldNormalisation } from './fold-normalisation.ts'

const learned: Normalisation = { mean: [100, 110, 120], std: [50, 40, 20] }
const fed: Normalisation = { mean: [90, 115, 120], std: [1, 2, 4] }

/** A 2x1 window (two taps a colour) for two channels. */
const layer = {
  weight: Float32Array.of(1, 2, 3, 4, 5, 6, -1, 0, 2, 1, 0, 3),
  bias: Float32Array.of(7, -7),
}

/** The layer's two answers on two pixels. @param pixels bytes: red, red, green, green, blue, blue */
function answers({ weight, bias }: typeof layer, pixels: number[], { mean, std }: Normalisation) {
  const seen = pixels.map((byte, i) => (byte - mean[i >> 1]!) / std[i >> 1]!)
  return [...bias].map((shift, channel) =>
    seen.reduce((sum, value, i) => sum + value * weight[channel * 6 + i]!, shift),
  )
}

it('a folded layer answers on other pictures what it answered on those it learned from', () => {
  const pixels = [0, 255, 30, 200, 77, 128]
  const folded = foldNormalisation(layer, { learned, fed })
  const before = answers(layer, pixels, learned)
  answers(folded, pixels, fed).forEach((answer, i) => {
    expect(answer).toBeCloseTo(before[i]!, 4)
  })
})

it('the weights of red are scaled by S/s, and what the means differ by goes into the bias', () => {
  const { weight, bias } = foldNormalisation(layer, { learned, fed })
  expect(weight[0]).toBeCloseTo(1 / 50)
  expect(weight[2]).toBeCloseTo((3 * 2) / 40)
  // Red is off by (90 - 100) / 50 = -.2, green by (115 - 110) / 40 = .125, blue by nothing.
  expect(bias[0]).toBeCloseTo(7 - 0.2 * (1 + 2) + 0.125 * (3 + 4))
  expect(bias[1]).toBeCloseTo(-7 - 0.2 * -1 + 0.125 * (2 + 1))
})

it('the layer that was given stays as it was', () => {
  foldNormalisation(layer, { learned, fed })
  expect([layer.weight[0], layer.bias[0]]).toEqual([1, 7])
})
