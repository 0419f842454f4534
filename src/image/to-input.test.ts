import { expect, test } from 'vitest'
import { createImage, type Image } from './image.ts'
import { imageToInput } from './to-input.ts'

const normalisation = { mean: [100, 110, 120], std: [50, 25, 10] } as const

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

test('halving a picture takes the mean of each two by two pixels', () => {
  // Red 10 · x + 100 · y over 4 x 2 pixels: (0 + 10 + 100 + 110) / 4 = 55 and (20 + 30 + 120 + 130) / 4 = 75.
  const data = new Uint8Array(4 * 2 * 3)
  for (let y = 0; y < 2; y++) for (let x = 0; x < 4; x++) data[(y * 4 + x) * 3] = 10 * x + 100 * y
  const image: Image = { width: 4, height: 2, data }
  const output = new Float32Array(6)
  imageToInput(image, { width: 2, height: 1 }, { mean: [0, 0, 0], std: [1, 1, 1] }, output)
  expect([...output]).toEqual([55, 75, 0, 0, 0, 0])
})
