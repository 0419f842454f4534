import { expect, test } from 'vitest'
import { type ApPoints, averagePrecision, fallingPrecision } from './average-precision.ts'

/** Right, wrong, right; of 2 objects. */
const curve = { precision: [1, 1 / 2, 2 / 3], recall: [1 / 2, 1 / 2, 1] }

test('each point counts the best precision from there on', () => {
  expect(fallingPrecision([0.5, 0.25, 0.75, 0.1])).toEqual([0.75, 0.75, 0.75, 0.1])
})

test.each<[ApPoints, number]>([
  ['every-point', 0.5 * 1 + 0.5 * (2 / 3)],
  ['11-point', (6 * 1 + 5 * (2 / 3)) / 11], // recalls 0 to .5, then .6 to 1
  ['101-point', (51 * 1 + 50 * (2 / 3)) / 101],
])('%s: the same curve gives %d', (points, expected) => {
  expect(averagePrecision(curve, points)).toBeCloseTo(expected, 12)
})

test('what is never found counts as precision 0', () => {
  // one of four found at once: area .25; recalls 0, .1, .2 of eleven
  const quarter = { precision: [1], recall: [0.25] }
  expect(averagePrecision(quarter, 'every-point')).toBe(0.25)
  expect(averagePrecision(quarter, '11-point')).toBeCloseTo(3 / 11, 12)
  expect(averagePrecision(quarter, '101-point')).toBeCloseTo(26 / 101, 12)
})

test('a recall of 9 / 15 does not reach the point .6, which is .6000000000000001', () => {
  const curve = { precision: [1], recall: [9 / 15] }
  expect(averagePrecision(curve, '11-point')).toBeCloseTo(6 / 11, 12)
})

test('no detections give 0', () => {
  for (const points of ['11-point', 'every-point', '101-point'] as const)
    expect(averagePrecision({ precision: [], recall: [] }, points)).toBe(0)
})
