import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generateAnchors } from '../anchor/anchors.ts'
import { decoder, encoder } from './coders.ts'

/** Two cells of 40 x 30 side by side, each with one anchor of 20 x 10. */
const anchors = generateAnchors([
  { gridWidth: 2, gridHeight: 1, strideX: 40, strideY: 30, shapes: [{ width: 20, height: 10 }] },
])

/** Encodes a centre-size box for the second anchor, whose centre is (60, 15), and decodes it again. */
function roundTrip(box: readonly number[]) {
  const offsets = new Float32Array(8)
  encoder({ name: 'tanh' }, anchors, offsets)(Float32Array.from(box), 0, 1)
  const boxes = new Float32Array(8)
  decoder({ name: 'tanh' }, anchors, offsets, boxes)(1)
  return { offsets: [...offsets.subarray(4)], box: [...boxes.subarray(4)] }
}

describe("Lesson 9's offsets", () => {
  it('of the anchor itself are 0', () => {
    expect(roundTrip([60, 15, 20, 10]).offsets).toEqual([0, 0, 0, 0])
  })

  it('move by quarters of a cell and stretch by quarters of the anchor: atanh(.5) = .5493', () => {
    // 10 = 40 / 4 to the right, 7.5 = 30 / 4 up; 25 = 20 · 1.25, 7.5 = 10 · .75
    const { offsets } = roundTrip([70, 7.5, 25, 7.5])
    const half = Math.atanh(0.5)
    for (const [i, sign] of [1, -1, 1, -1].entries()) expect(offsets[i]).toBeCloseTo(sign * half, 5)
  })

  it('decode back to any box within half a cell and half to one and a half of the size', () => {
    const share = fc.double({ min: -0.49, max: 0.49, noNaN: true })
    fc.assert(
      fc.property(share, share, share, share, (x, y, w, h) => {
        const box = [60 + 40 * x, 15 + 30 * y, 20 * (1 + w), 10 * (1 + h)]
        roundTrip(box).box.forEach((value, i) => {
          expect(value).toBeCloseTo(box[i]!, 3)
        })
      }),
    )
  })

  it('go as far as they can for a box out of reach, and stay finite', () => {
    const { offsets, box } = roundTrip([500, 15, 200, 1])
    expect(offsets.every(Number.isFinite)).toBe(true)
    expect(box[0]).toBeCloseTo(60 + 40 * 0.4975, 2) // half of tanh's largest, .995
    expect(box[2]).toBeCloseTo(20 * 1.4975, 2)
    expect(box[3]).toBeCloseTo(10 * 0.5025, 2)
  })

  it('decode of a wild network stays within half a cell', () => {
    const boxes = new Float32Array(8)
    decoder({ name: 'tanh' }, anchors, Float32Array.of(1e9, -1e9, 1e9, -1e9, 0, 0, 0, 0), boxes)(0)
    expect([...boxes.subarray(0, 4)]).toEqual([40, 0, 30, 5])
  })
})
