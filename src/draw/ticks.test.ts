import { assert, double, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { roundTicks, tickText } from './ticks.ts'

test.each([
  [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [0, 7.3, 5, [0, 2, 4, 6, 8]],
  [3, 3, 2, [2, 4, 6]],
  [0, 0, 2, [0, 0.5, 1]],
  [-1, 1, 2, [-1, 0, 1]],
  [0, 0.3, 3, [0, 0.1, 0.2, 0.3]],
])('from %s to %s in about %s steps', (low, high, count, expected) => {
  expect(roundTicks(low, high, count)).toEqual(expected)
})

test('ticks rise, cover the range, and are few', () => {
  const value = double({ min: -1e6, max: 1e6, noNaN: true }).map((v) => Math.round(v * 1000) / 1000)
  assert(
    property(value, value, integer({ min: 1, max: 8 }), (a, b, count) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      const ticks = roundTicks(low, high, count)
      const slack = (high - low) * 1e-6
      expect(ticks[0]).toBeLessThanOrEqual(low + slack)
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - slack)
      expect(ticks.every((tick, i) => i === 0 || tick > ticks[i - 1]!)).toBe(true)
      expect(ticks.length).toBeLessThanOrEqual(count + 3)
    }),
  )
  expect.hasAssertions()
})

test('thousands are written short', () => {
  expect([0.5, 9000, 20_000].map(tickText)).toEqual(['0.5', '9000', '20k'])
})
