import { describe, expect, it } from 'vitest'
import { tinyModel } from '../config/tiny.ts'
import { readModel, writeModel } from './model-file.ts'
import { readSafetensors, writeSafetensors } from './safetensors/safetensors.ts'

const config = tinyModel(['cat', 'dog'], { width: 320, height: 240 })
const weights = new Map([
  ['a', Float32Array.of(1, 2, 3, 4, 5, 6)],
  ['b', Float32Array.of(-0.5)],
])
const shapes = new Map([
  ['a', [2, 3]],
  ['b', []],
])
const file = () => writeModel({ config, weights, notes: { step: 7 } }, shapes)

/** The same file with its header text changed; lengths are kept right. */
function withHeader(change: (text: string) => string): Uint8Array {
  const bytes = file()
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true))
  const header = new TextEncoder().encode(
    change(new TextDecoder().decode(bytes.subarray(8, 8 + length))),
  )
  const result = new Uint8Array(8 + header.length + bytes.length - 8 - length)
  new DataView(result.buffer).setBigUint64(0, BigInt(header.length), true)
  result.set(header, 8)
  result.set(bytes.subarray(8 + length), 8 + header.length)
  return result
}

describe('model file', () => {
  it('readModel(writeModel(model)) is the model', () => {
    const model = readModel(file(), 'm')
    expect(model.config).toEqual(config)
    expect([...model.weights]).toEqual([...weights])
    expect(model.notes).toEqual({ step: 7 })
  })

  it('reads a file that Node hands over as a Buffer', () => {
    expect([...readModel(Buffer.from(file()), 'm').weights]).toEqual([...weights])
  })

  it('keeps the shapes, for other readers of safetensors', () => {
    expect(readSafetensors(file(), 'm').tensors.get('a')!.shape).toEqual([2, 3])
  })

  it('puts the floats where they are aligned', () => {
    expect(Number(new DataView(file().buffer).getBigUint64(0, true)) % 8).toBe(0)
  })

  it('refuses every truncation of the file, never reading beyond it', () => {
    const whole = file()
    for (let length = 0; length < whole.length; length += 7)
      expect(() => readModel(whole.subarray(0, length), 'cut.safetensors')).toThrow(
        expect.objectContaining({
          code: 'E_MODEL_FILE',
          message: expect.stringContaining('cut.safetensors'),
        }),
      )
  })

  it('refuses bytes too many at the end', () => {
    expect(() => readModel(Uint8Array.from([...file(), 0]), 'm')).toThrow(
      'expected 28 bytes of tensors, got 29 (m)',
    )
  })

  it('refuses a header of 10 GB at once', () => {
    const bytes = file()
    new DataView(bytes.buffer).setBigUint64(0, 10_000_000_000n, true)
    expect(() => readModel(bytes, 'm')).toThrow(/expected a header of at most \d+ bytes/)
  })

  it('refuses an image', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13)
    expect(() => readModel(png, 'photo.png')).toThrow(/readSafetensors: .*photo\.png/)
  })

  it('refuses a safetensors file of another program', () => {
    const bytes = writeSafetensors({ tensors: new Map(), metadata: { format: 'pt' } })
    expect(() => readModel(bytes, 'm')).toThrow(
      'this safetensors file is of another program, got [format] (m)',
    )
  })

  it('refuses overlapping tensors', () => {
    const overlapping = withHeader((text) => text.replace('[24,28]', '[20,24]'))
    expect(() => readModel(overlapping, 'm')).toThrow(/expected the bytes of b at 24 to 28/)
  })

  it('refuses a shape that does not fit its bytes', () => {
    expect(() =>
      readModel(
        withHeader((text) => text.replace('[2,3]', '[2,4]')),
        'm',
      ),
    ).toThrow(/expected the bytes of a at 0 to 32/)
  })

  it('refuses lengths that are negative or beyond counting', () => {
    for (const shape of ['[-2,-3]', '[4294967296,4294967296]', '["2",3]'])
      expect(() =>
        readModel(
          withHeader((text) => text.replace('[2,3]', shape)),
          'm',
        ),
      ).toThrow(/expected the tensor a to have a shape/)
  })

  it('refuses weights that are not numbers, naming the first', () => {
    const broken = new Map([['a', Float32Array.of(1, Number.NaN)]])
    expect(() =>
      readModel(writeModel({ config, weights: broken, notes: {} }, new Map()), 'm'),
    ).toThrow('readModel: expected finite weights in a, got NaN (m, element 1)')
  })

  it('refuses a description with a setting out of range, naming it', () => {
    const wrong = withHeader((text) =>
      text.replace('\\"matchIouThreshold\\":0.5', '\\"matchIouThreshold\\":1.5'),
    )
    expect(() => readModel(wrong, 'm')).toThrow(
      'readModel: config.match.matchIouThreshold: expected a number above 0 and at most 1, got 1.5 (m)',
    )
  })

  it('refuses a file of a later version', () => {
    expect(() =>
      readModel(
        withHeader((text) => text.replace('\\"version\\":1', '\\"version\\":2')),
        'm',
      ),
    ).toThrow('expected a description of version 1, got 2 (m)')
  })

  it('names every wrong place of a description at once', () => {
    const wrong = withHeader((text) =>
      text
        .replace('\\"layers\\":[1,', '\\"layers\\":[1e12,')
        .replace('\\"width\\":320', '\\"width\\":65536')
        .replace('\\"maxCandidates\\":400', '\\"maxCandidates\\":1e12')
        .replace('[\\"cat\\",\\"dog\\"]', '[\\"cat\\",\\"\\\\u001b[31mred\\"]'),
    )
    expect(() => readModel(wrong, 'huge.safetensors')).toThrow(
      expect.objectContaining({
        code: 'E_MODEL_FILE',
        message:
          'readModel: config.network.layers.0: expected a whole number from 1 to 32, got 1000000000000; ' +
          'config.input.width: expected a whole number from 1 to 2048, got 65536; ' +
          'config.classes.1: expected a name without control characters, got "\\u001b[31mred"; ' +
          'config.detect.maxCandidates: expected a whole number from 1 to 10000, got 1000000000000 ' +
          '(huge.safetensors)',
      }),
    )
  })

  it('refuses notes that are nested too deep to be written again', () => {
    const deep = withHeader((text) =>
      text.replace('{\\"step\\":7}', `{\\"step\\":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
    )
    expect(() => readModel(deep, 'm')).toThrow(
      'readModel: expected at most 64 levels, got more (m)',
    )
  })
})
