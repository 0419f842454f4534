import { describe, expect, it } from 'vitest'
import { decodeBox, encodeBox, LARGEST_OFFSET, outOfReach, roundTrip } from './offsets.ts'
import { bothResized, pairsOf, resized } from './situations.ts'
import { decodeLines, encodeLines, wordsOf } from './words.ts'

const anchor = { x1: 100, y1: 100, x2: 200, y2: 150 } // middle (150, 125), 100 x 50
const object = { x1: 110, y1: 95, x2: 210, y2: 175 } // middle (160, 135), 100 x 80

describe('logarithms', () => {
  it('count moves in anchor sizes and stretches in logarithms', () => {
    const [dx, dy, dw, dh] = encodeBox('log', anchor, object)
    expect(dx).toBeCloseTo(10 / 100 / 0.1, 5)
    expect(dy).toBeCloseTo(10 / 50 / 0.1, 5)
    expect(dw).toBe(0)
    expect(dh).toBeCloseTo(Math.log(1.6) / 0.2, 5)
  })

  it('half and twice as wide are equally far', () => {
    expect(encodeBox('log', anchor, resized(anchor, 2, 1))[2]).toBeCloseTo(3.4657, 4)
    expect(encodeBox('log', anchor, resized(anchor, 0.5, 1))[2]).toBeCloseTo(-3.4657, 4)
  })

  it('come back to the same box', () => {
    expect(roundTrip('log', anchor, object).error).toBeLessThan(1e-4)
  })
})

describe('tanh', () => {
  it('reaches half a cell and half a side', () => {
    const [dx, dy, , dh] = encodeBox('tanh', anchor, object)
    expect(dx).toBeCloseTo(Math.atanh(0.2), 5) // a tenth of the cell
    expect(dy).toBeCloseTo(Math.atanh(0.4), 5)
    expect(dh).toBeCloseTo(LARGEST_OFFSET.tanh, 4)
    expect(outOfReach(anchor, object)).toEqual([false, false, false, true])
  })

  it('gives the nearest to what it cannot reach', () => {
    const { back } = roundTrip('tanh', anchor, object)
    expect(back.y2 - back.y1).toBeCloseTo(50 * (1 + 0.995 / 2), 3) // 1.6 times was asked for
  })
})

it.each(['log', 'tanh'] as const)('four zeros are the anchor itself (%s)', (name) => {
  expect(decodeBox(name, anchor, [0, 0, 0, 0])).toEqual(anchor)
})

it('both boxes half as large have the same offsets', () => {
  const half = bothResized({ anchor, object }, 0.5)
  expect(half.anchor).toEqual({ x1: 125, y1: 112.5, x2: 175, y2: 137.5 })
  const before = encodeBox('log', anchor, object)
  encodeBox('log', half.anchor, half.object).forEach((offset, i) => {
    expect(offset).toBeCloseTo(before[i]!, 4)
  })
})

it('says the offsets in words', () => {
  expect(wordsOf(anchor, object)).toEqual([
    '10 px right',
    '10 px down',
    'not wider or narrower',
    '60% taller',
  ])
  expect(wordsOf(object, anchor)[3]).toBe('38% shorter') // 50 ÷ 80 = .625
})

it('writes the sums out', () => {
  const { offsets, back } = roundTrip('log', anchor, object)
  expect(encodeLines('log', anchor, object, offsets)).toEqual([
    'dx = (160.0 − 150.0) ÷ 100.0 ÷ 0.1 = 1.00',
    'dy = (135.0 − 125.0) ÷ 50.0 ÷ 0.1 = 2.00',
    'dw = ln(100.0 ÷ 100.0) ÷ 0.2 = 0.00',
    'dh = ln(80.0 ÷ 50.0) ÷ 0.2 = 2.35',
  ])
  expect(decodeLines('log', anchor, offsets, back)[3]).toBe('h = 50.0 · exp(2.35 · 0.2) = 80.0')
  expect(encodeLines('tanh', anchor, object, encodeBox('tanh', anchor, object))[0]).toBe(
    'dx = atanh(2 · (160.0 − 150.0) ÷ 100.0) = 0.20',
  )
})

it('a picture without objects has a pair to play with', () => {
  expect(pairsOf({ width: 100, height: 100 }, [])).toHaveLength(1)
})
