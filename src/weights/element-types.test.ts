import { describe, expect, it } from 'vitest'
import { ELEMENT_TYPES, toFloats } from './element-types.ts'

describe('toFloats', () => {
  it.each([
    ['float64', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], 1.5],
    ['float32', [0, 0, 0x20, 0xc0], -2.5],
    ['int64', [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], -2],
    ['int32', [0xff, 0xff, 0xff, 0x7f], 2 ** 31],
    ['int16', [0x00, 0x80], -32768],
    ['int8', [0xff], -1],
    ['uint8', [0xff], 255],
    ['bool', [7], 1],
    ['bool', [0], 0],
    ['bfloat16', [0xc0, 0x3f], 1.5],
    ['bfloat16', [0x80, 0xff], Number.NEGATIVE_INFINITY],
  ] as const)('reads %s %j as %d', (type, bytes, expected) => {
    expect([...toFloats(Uint8Array.from(bytes), ELEMENT_TYPES[type])]).toEqual([expected])
  })

  it.each([
    ['one', 0x3c00, 1],
    ['the largest', 0x7bff, 65504],
    ['the smallest', 0x0001, 2 ** -24],
    ['the largest without a 1 before the point', 0x03ff, 1023 * 2 ** -24],
    ['minus zero', 0x8000, -0],
    ['minus infinity', 0xfc00, Number.NEGATIVE_INFINITY],
    ['NaN', 0x7e00, Number.NaN],
  ])('reads %s of float16', (_, bits, expected) => {
    const bytes = Uint8Array.of(bits & 255, bits >> 8)
    expect([...toFloats(bytes, ELEMENT_TYPES.float16)]).toEqual([expected])
  })

  it.each(['float32', 'int32'] as const)(
    'reads %s at a place that is not aligned, and copies',
    (type) => {
      const bytes = new Uint8Array(9)
      new DataView(bytes.buffer)[type === 'int32' ? 'setInt32' : 'setFloat32'](5, 3, true)
      const floats = toFloats(Buffer.from(bytes.buffer, 1, 8), ELEMENT_TYPES[type])
      bytes.fill(0)
      expect([...floats]).toEqual([0, 3])
    },
  )
})
