import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tinyModel } from '../config/tiny.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { writeModel } from './model-file.ts'

const config = tinyModel(['cat'], { width: 320, height: 240 })
const weights = new Map([
  ['w', Float32Array.of(1, -2, 3.5, 0)],
  ['velocity:w', Float32Array.of(0, 0, 1, 1)],
])
const model = { config, weights, notes: { step: 7, record: { best: null, sum: 0.1 } } }
const bytes = writeCheckpoint(model, new Map([['w', [2, 2]]]))

describe('a checkpoint', () => {
  it('is read as it was written, without the checksum', () => {
    expect(readCheckpoint(bytes, 'last')).toEqual(model)
  })

  it('is refused with one bit of its numbers changed, wherever it is', () => {
    const data = 8 * 4 // Eight floats at the end of the file.
    fc.assert(
      fc.property(fc.nat(data - 1), fc.nat(7), (at, bit) => {
        const damaged = bytes.slice()
        damaged[bytes.length - data + at]! ^= 1 << bit
        expect(() => readCheckpoint(damaged, 'last')).toThrow(
          expect.objectContaining({ code: 'E_MODEL_FILE', message: expect.stringMatching(/last/) }),
        )
      }),
    )
  })

  it('is refused with another note', () => {
    const text = Buffer.from(bytes)
    const at = text.indexOf('\\"step\\":7')
    text.write('\\"step\\":8', at)
    expect(() => readCheckpoint(text, 'last')).toThrow(/expected the checksum/)
  })

  it('is refused without a checksum', () => {
    const plain = writeModel(model, new Map())
    expect(() => readCheckpoint(plain, 'last')).toThrow(SingleshotError)
    expect(() => readCheckpoint(plain, 'last')).toThrow(/an earlier version wrote none/)
  })
})
