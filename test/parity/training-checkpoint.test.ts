import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isNeeded, plainName } from '../../src/weights/foreign/name-maps.ts'
import { readWeights } from '../../src/weights/read-weights.ts'

/** The numbers of parameter number `first`: what make_training_checkpoint.py puts there. */
const two = (first: number) => [first, first + 1]

describe.each([
  ['training-multistep.pth', 'model', 0],
  ['training-multistep-legacy.pth', 'model', 0],
  ['training-cosine.pth', 'model_ema', 1],
])("%s, saved as torchvision's training script does", (file, under, shift) => {
  const bytes = readFileSync(new URL(file, import.meta.url))

  test(`gives the weights under ${under} and passes over all else`, () => {
    const read = readWeights(bytes, file, { keep: isNeeded })
    expect(read.under).toBe(under)
    const plain = [...read.tensors].map(([name, { data }]) => [plainName(name), [...data]])
    expect(Object.fromEntries(plain)).toEqual({
      '0.weight': two(shift),
      '0.bias': two(10 + shift),
      '1.weight': two(20 + shift),
      '1.bias': two(30 + shift),
      '1.running_mean': [0, 0],
      '1.running_var': [1, 1],
    })
  })

  test('is refused wherever it is cut short', () => {
    for (let length = 0; length < bytes.length; length += 97)
      expect(() => readWeights(bytes.subarray(0, length), file)).toThrow(
        expect.objectContaining({ code: 'E_WEIGHTS_FILE' }),
      )
  })
})
