import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeOffsets, encodeOffsets, LARGEST_LOG_STRETCH } from './log.ts'

const anchor = Float32Array.of(50, 80, 40, 20)

test('offsets count moves in anchor sides and stretches in logarithms', () => {
  // dx = (58 - 50) / 40 / .1 = 2, dy = (74 - 80) / 20 / .1 = -3, dw = log(80 / 40) / .2, dh = log(5 / 20) / .2
  const offsets = encodeOffsets(Float32Array.of(58, 74, 80, 5), anchor)
  expect(offsets[0]).toBeCloseTo(2, 6)
  expect(offsets[1]).toBeCloseTo(-3, 6)
  expect(offsets[2]).toBeCloseTo(Math.log(2) * 5, 5)
  expect(offsets[3]).toBeCloseTo(-Math.log(4) * 5, 5)
})

test('offsets of 0 give the anchor itself', () => {
  expect(decodeOffsets(new Float32Array(4), anchor)).toEqual(anchor)
})

test('decode undoes encode', () => {
  const position = fc.integer({ min: -300, max: 900 })
  const side = fc.integer({ min: 16, max: 900 }) // 900 / 16 stays below the clamp at 62.5
  const box = fc.tuple(position, position, side, side)
  const scale = fc.constantFrom([0.1, 0.1, 0.2, 0.2] as const, [1, 2, 0.5, 0.25] as const)
  fc.assert(
    fc.property(fc.array(fc.tuple(box, box)), scale, (pairs, offsetScale) => {
      const boxes = Float32Array.from(pairs.flatMap(([object]) => object))
      const anchors = Float32Array.from(pairs.flatMap(([, around]) => around))
      const offsets = encodeOffsets(boxes, anchors, { offsetScale })
      const back = decodeOffsets(offsets, anchors, { offsetScale })
      boxes.forEach((value, i) => {
        expect(Math.abs(back[i]! - value)).toBeLessThan(0.01)
      })
    }),
  )
})

test('each of the four scales belongs to its own number', () => {
  const offsets = encodeOffsets(Float32Array.of(90, 100, 40 * Math.E, 20 * Math.E), anchor, {
    offsetScale: [1, 0.5, 0.25, 0.125],
  })
  ;[1, 2, 4, 8].forEach((expected, i) => {
    expect(offsets[i]).toBeCloseTo(expected, 5)
  })
})

test('a wild stretch stops at 62.5 times the anchor', () => {
  const [, , width, height] = decodeOffsets(Float32Array.of(0, 0, 1000, 1e30), anchor)
  expect(Math.exp(LARGEST_LOG_STRETCH)).toBeCloseTo(62.5, 9)
  expect(width).toBeCloseTo(40 * 62.5, 3)
  expect(height).toBeCloseTo(20 * 62.5, 3)
  expect(decodeOffsets(Float32Array.of(0, 0, -1000, 0), anchor)[2]).toBeCloseTo(0, 6)
})

test('a box without area has finite offsets', () => {
  const offsets = encodeOffsets(Float32Array.of(50, 80, 0, 0), anchor)
  expect([...offsets].every(Number.isFinite)).toBe(true)
  expect(offsets[2]).toBeCloseTo(Math.log(0.01 / 40) / 0.2, 3)
})

test('boxes and anchors must be as many', () => {
  expect(() => encodeOffsets(new Float32Array(8), anchor)).toThrow(
    'encodeOffsets: expected a row for each of 1 anchors, got 2',
  )
})
