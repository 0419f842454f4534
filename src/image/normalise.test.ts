import { expect, test } from 'vitest'
import { applyColours } from './colour-matrix.ts'
import { createImage } from './image.ts'
import { imageToInput, normalisationMatrix } from './normalise.ts'

const normalisation = { mean: [100, 110, 120], std: [50, 25, 10] } as const

test('the mean becomes 0 and one deviation above it 1, channel by channel', () => {
  const matrix = normalisationMatrix(normalisation)
  expect(applyColours(matrix, [100, 110, 120])).toEqual([0, 0, 0])
  expect(applyColours(matrix, [150, 135, 130])).toEqual([1, 1, 1])
})

test('a picture of the right size is only normalised, into planes of red, green and blue', () => {
  const data = Uint8Array.from([100, 110, 120, 150, 60, 140])
  const output = new Float32Array(8)
  imageToInput({ width: 2, height: 1, data }, { width: 2, height: 1 }, normalisation, output, 1)
  expect([...output]).toEqual([0, 0, 1, 0, -2, 0, 2, 0])
})

test('another picture is stretched first', () => {
  const output = new Float32Array(18)
  const image = createImage({ width: 20, height: 5 }, [150, 110, 100])
  imageToInput(image, { width: 3, height: 2 }, normalisation, output)
  expect([...output]).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, -2, -2, -2, -2, -2, -2])
})

test('an output that is too short is refused, with the numbers', () => {
  const image = createImage({ width: 3, height: 2 })
  const call = () => imageToInput(image, image, normalisation, new Float32Array(18), 1)
  expect(call).toThrow('imageToInput: expected room for 18 numbers from offset 1 on, got 18')
})
