import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ELEMENT_TYPES, toFloats, toHalves } from './element-types.ts'

const back = (halves: Uint16Array<ArrayBuffer>) =>
  toFloats(new Uint8Array(halves.buffer), ELEMENT_TYPES.float16)

describe('toHalves(floats)', () => {
  it('writes the bits that IEEE 754 gives', () => {
    // 1.5 = 2^0 · (1 + 512/1024): exponent 15, fraction 512
    const floats = Float32Array.of(0, -0, 1, 1.5, -2, 65504, 2 ** -14, 2 ** -24)
    const bits = [0, 0x8000, 0x3c00, 0x3e00, 0xc000, 0x7bff, 0x0400, 0x0001]
    expect([...toHalves(floats)]).toEqual(bits)
  })

  it('rounds to the nearest, and of two equally near to the even one', () => {
    // Steps above 2048 are 2: 2049 lies between 2048 (even fraction) and 2050, 2051 between 2050 and 2052 (even).
    expect([...back(toHalves(Float32Array.of(2049, 2051, 2048.9)))]).toEqual([2048, 2052, 2048])
  })

  it('rounds up into the next power of two, and beyond the largest to infinity', () => {
    expect([...back(toHalves(Float32Array.of(2047.9, 65520, -1e30)))]).toEqual([
      2048,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ])
    expect([...back(toHalves(Float32Array.of(Number.NaN)))]).toEqual([Number.NaN])
  })

  it('is off by at most half a step of its 11 digits', () => {
    fc.assert(
      fc.property(fc.float({ min: Math.fround(-60000), max: 60000, noNaN: true }), (value) => {
        const [rounded] = back(toHalves(Float32Array.of(value)))
        expect(Math.abs(rounded! - value)).toBeLessThanOrEqual(
          Math.max(Math.abs(value) * 2 ** -11, 2 ** -25),
        )
      }),
    )
  })
})
