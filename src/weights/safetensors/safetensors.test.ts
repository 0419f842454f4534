import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { readSafetensors, writeSafetensors } from './safetensors.ts'

/** A file of any header, and data of this many bytes: 0, 1, 2, ... */
function fileOf(header: unknown, length: number): Uint8Array {
  const text = typeof header === 'string' ? header : JSON.stringify(header)
  const encoded = new TextEncoder().encode(text)
  const bytes = new Uint8Array(8 + encoded.length + length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(encoded.length), true)
  bytes.set(encoded, 8)
  for (let i = 0; i < length; i++) bytes[8 + encoded.length + i] = i
  return bytes
}
const entry = (dtype: string, shape: unknown, ...offsets: unknown[]) => ({
  dtype,
  shape,
  data_offsets: offsets,
})
const read = (header: unknown, length: number) => readSafetensors(fileOf(header, length), 'f')
const plain = (header: unknown, length: number) =>
  [...read(header, length).tensors].map(([name, { data }]) => [name, [...data]])

describe('readSafetensors', () => {
  it.each([
    ['F64', 8, [-2], [0, 0, 0, 0, 0, 0, 0, 0xc0]],
    ['F32', 4, [1.5], [0, 0, 0xc0, 0x3f]],
    ['F16', 2, [1.5], [0, 0x3e]],
    ['BF16', 2, [1.5], [0xc0, 0x3f]],
    ['I64', 8, [-1], Array(8).fill(0xff)],
    ['I32', 4, [-1], Array(4).fill(0xff)],
    ['I16', 2, [-1], [0xff, 0xff]],
    ['I8', 1, [-1], [0xff]],
    ['U8', 1, [255], [0xff]],
    ['BOOL', 1, [1], [1]],
  ])('reads %s as 32-bit floats', (dtype, length, expected, data) => {
    const bytes = fileOf({ a: entry(dtype, [1], 0, length) }, length)
    bytes.set(data, bytes.length - length)
    const { shape, data: floats } = readSafetensors(bytes, 'f').tensors.get('a')!
    expect([shape, [...floats]]).toEqual([[1], expected])
  })

  it('reads tensors that lie in another order than the header names them', () => {
    const header = {
      a: entry('U8', [2], 1, 3),
      b: entry('U8', [1], 0, 1),
      7: entry('U8', [1], 3, 4),
    }
    expect(plain(header, 4)).toEqual([
      ['b', [0]],
      ['a', [1, 2]],
      ['7', [3]],
    ])
  })

  it('reads tensors without elements, wherever they lie', () => {
    const header = {
      z: entry('U8', [1], 0, 1),
      a: entry('F32', [0, 3], 0, 0),
      b: entry('F32', [0], 1, 1),
    }
    expect(plain(header, 1)).toEqual([
      ['a', []],
      ['z', [0]],
      ['b', []],
    ])
  })

  it('takes __proto__ for a name like any other', () => {
    expect(plain('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', 1)).toEqual([
      ['__proto__', [0]],
    ])
    const tensors = new Map([['__proto__', { shape: [1], data: Float32Array.of(7) }]])
    expect(readSafetensors(writeSafetensors({ tensors, metadata: {} }), 'f').tensors).toEqual(
      tensors,
    )
  })

  it('reads in part: what is not wanted is checked for its place only', () => {
    const bytes = fileOf({ a: entry('U8', [2], 1, 3), b: entry('U8', [1], 0, 1) }, 3)
    const { tensors } = readSafetensors(bytes, 'f', { keep: (name) => name === 'b' })
    expect([...tensors.keys()]).toEqual(['b'])
  })

  it.each<[what: string, header: unknown, length: number, message: RegExp]>([
    [
      'overlapping tensors',
      { a: entry('U8', [2], 0, 2), b: entry('U8', [2], 1, 3) },
      3,
      /bytes of b at 2 to 4 of 3.*\[1, 3\]/,
    ],
    ['a place that begins late', { a: entry('U8', [2], 1, 2) }, 2, /bytes of a at 0 to 2 of 2/],
    ['three places', { a: entry('U8', [1], 0, 1, 1) }, 1, /tensor a to have two data_offsets/],
    [
      'a gap',
      { a: entry('U8', [1], 0, 1), b: entry('U8', [1], 2, 3) },
      3,
      /bytes of b at 1 to 2 of 3/,
    ],
    [
      'bytes that belong to nobody',
      { a: entry('U8', [1], 0, 1) },
      3,
      /expected 1 bytes of tensors, got 3/,
    ],
    [
      'a shape that does not fit its bytes',
      { a: entry('F32', [2], 0, 4) },
      4,
      /bytes of a at 0 to 8 of 4/,
    ],
    [
      'a tensor of 10 GB',
      { a: entry('F32', [2_500_000_000], 0, 1e10) },
      4,
      /at 0 to 10000000000 of 4/,
    ],
    [
      'lengths beyond counting',
      { a: entry('F32', [2 ** 40, 2 ** 40], 0, 4) },
      4,
      /tensor a to have a shape/,
    ],
    [
      'lengths beyond counting and a 0',
      { a: entry('F32', [...Array(30).fill(2 ** 40), 0], 0, 4) },
      4,
      /a shape/,
    ],
    ['a length below 0', { a: entry('F32', [-1], 0, 4) }, 4, /tensor a to have a shape/],
    ['half a length', { a: entry('F32', [0.5], 0, 2) }, 2, /tensor a to have a shape/],
    ['no shape', { a: { dtype: 'F32', data_offsets: [0, 4] } }, 4, /tensor a to have a shape/],
    ['no place', { a: { dtype: 'F32', shape: [1] } }, 4, /tensor a to have two data_offsets/],
    [
      'a place that is a number',
      { a: { dtype: 'F32', shape: [1], data_offsets: 4 } },
      4,
      /two data_offsets/,
    ],
    ['a place below 0', { a: entry('F32', [1], -4, 0) }, 4, /two data_offsets/],
    [
      'a kind that is not known',
      { a: entry('F8_E4M3', [1], 0, 1) },
      1,
      /known kind \(F64, .*got F8_E4M3/,
    ],
    ['the kind __proto__', { a: entry('__proto__', [1], 0, 1) }, 1, /known kind/],
    ['an entry that is null', { a: null }, 0, /tensor a to be of a known kind.*got no dtype/],
    ['metadata that is null', { __metadata__: null }, 0, /metadata of text/],
    ['metadata that is no text', { __metadata__: { a: 1 } }, 0, /metadata of text/],
    ['a header that is a list', [], 0, /a JSON header/],
    ['a header that is no JSON', '{"a"', 0, /a JSON header.*got "{/],
    [
      'a shape a hundred thousand deep',
      `{"a":{"dtype":"U8","shape":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`,
      0,
      /a shape|a JSON header/,
    ],
  ])('refuses %s', (_, header, length, message) => {
    expect(() => read(header, length)).toThrow(
      expect.objectContaining({ code: 'E_MODEL_FILE', message: expect.stringMatching(message) }),
    )
  })

  it('reads or refuses whatever a single byte is changed to', () => {
    const tensors = new Map([['a', { shape: [2], data: Float32Array.of(1, 2) }]])
    const whole = writeSafetensors({ tensors, metadata: { format: 'pt' } })
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const bytes = Uint8Array.from(whole)
        bytes[at] = byte
        expect(outcome(bytes)).toMatch(/^(read|refused)$/)
      }),
      { numRuns: 2000 },
    )
  })
})

function outcome(bytes: Uint8Array): string {
  try {
    readSafetensors(bytes, 'f')
    return 'read'
  } catch (error) {
    return error instanceof SingleshotError ? 'refused' : String(error)
  }
}
