import { describe, expect, it } from 'vitest'
import { buildCheckpoint, buildLegacy, floats } from '../../test/parity/build-checkpoint.ts'
import { dict, storage, tensor, text } from '../../test/parity/build-pickle.ts'
import { readWeights } from './read-weights.ts'
import { writeSafetensors } from './safetensors/safetensors.ts'

const numbers = Float32Array.of(1, 2)
const root = dict(text('a'), tensor(storage('0', 2), { shape: [2], strides: [1] }))
const safetensors = (data: Float32Array<ArrayBuffer>) =>
  writeSafetensors({ tensors: new Map([['a', { shape: [2], data }]]), metadata: { format: 'pt' } })

describe('readWeights', () => {
  it.each([
    ['safetensors', safetensors(numbers)],
    ['a zip archive of PyTorch', buildCheckpoint(root, { '0': floats(1, 2) })],
    ['an old file of PyTorch', buildLegacy(root, { '0': floats(1, 2) })],
  ])('reads %s, whatever its name', (_, bytes) => {
    expect(readWeights(bytes, 'weights.bin')).toEqual({
      tensors: new Map([['a', { shape: [2], data: numbers }]]),
      under: undefined,
    })
    expect(readWeights(bytes, 'weights.bin', { keep: () => false }).tensors.size).toBe(0)
  })

  it('refuses weights of safetensors that are not finite, unless they are not wanted', () => {
    const bytes = safetensors(Float32Array.of(1, Number.NEGATIVE_INFINITY))
    expect(() => readWeights(bytes, 'f')).toThrow(
      'readWeights: expected finite weights in a, got -Infinity (f, element 1)',
    )
    expect(readWeights(bytes, 'f', { keep: () => false }).tensors.size).toBe(0)
  })

  it.each([
    ['an image', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0], 'bytes 89 50 4e 47 0d 0a 1a 0a'],
    ['a pickle that is not of PyTorch', [0x80, 4, 0x4e, 0x2e], 'bytes 80 04 4e 2e'],
    ['nothing', [], 'an empty file'],
  ])('refuses %s, saying what was expected and what was found', (_, bytes, found) => {
    expect(() => readWeights(Uint8Array.from(bytes), 'x.pth')).toThrow(
      expect.objectContaining({
        code: 'E_WEIGHTS_FILE',
        message: expect.stringMatching(
          new RegExp(`^readWeights: expected a safetensors file, or .*${found} \\(x\\.pth\\)$`),
        ),
      }),
    )
  })
})
