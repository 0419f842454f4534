import { expect, test } from 'vitest'
import { applyColours } from './colour-matrix.ts'
import { normalisationMatrix } from './normalise.ts'

const normalisation = { mean: [100, 110, 120], std: [50, 25, 10] } as const

test('the mean becomes 0 and one deviation above it 1, channel by channel', () => {
  const matrix = normalisationMatrix(normalisation)
  expect(applyColours(matrix, [100, 110, 120])).toEqual([0, 0, 0])
  expect(applyColours(matrix, [150, 135, 130])).toEqual([1, 1, 1])
})
