import { expect, it } from 'vitest'
import {
  focalError,
  focalWeight,
  type Judged,
  minedCount,
  weighAll,
  weighFocal,
  weighMined,
} from './weigh.ts'

const judged = (target: number, error: number): Judged => ({
  positive: target > 0,
  error,
  probabilities: [1 - Math.exp(-error), Math.exp(-error)],
  target,
})
/** One positive of error 2; negatives of 4, 1, 1 and 0. */
const five = [judged(1, 2), judged(0, 1), judged(0, 4), judged(0, 0), judged(0, 1)]

// By hand: all negatives 6 beside 2 is 6 / 8; the two hardest 5 beside 2 is 5 / 7.
it('adds up all, or the hardest', () => {
  expect(weighAll(five)).toEqual({ positives: 2, negatives: 6, contributing: 4, share: 0.75 })
  const two = weighMined(five, { negativesPerPositive: 2, minimumNegatives: 0 })
  expect(two).toEqual({ positives: 2, negatives: 5, contributing: 2, share: 5 / 7 })
})

it('divides by the positives, and by 1 where there are none', () => {
  expect(weighAll([...five, judged(1, 2)])).toMatchObject({ positives: 2, negatives: 3 })
  const empty = five.slice(1)
  expect(weighMined(empty, { negativesPerPositive: 3, minimumNegatives: 0 }).negatives).toBe(0)
  expect(weighMined(empty, { negativesPerPositive: 3, minimumNegatives: 1 }).negatives).toBe(4)
})

it('the floor holds, and there are never more than there are', () => {
  const rule = { negativesPerPositive: 3, minimumNegatives: 16 }
  expect([minedCount(2, 100, rule), minedCount(20, 100, rule), minedCount(50, 100, rule)]).toEqual([
    16, 60, 100,
  ])
})

// By hand, gamma 2: right with .9 keeps .01 of its error; right with .5 a quarter.
it('what is easy hardly counts', () => {
  expect(focalWeight(0.9, 2)).toBeCloseTo(0.01, 12)
  expect(focalWeight(0.5, 2)).toBeCloseTo(0.25, 12)
  // One class, given .2 where there is nothing: the right "no" had .8; (1 - .25) · .2² · -log .8.
  const negative = { positive: false, error: 0, probabilities: [0.8, 0.2], target: 0 }
  const error = 0.75 * 0.04 * -Math.log(0.8)
  expect(focalError(negative, { alpha: 0.25, gamma: 2 })).toBeCloseTo(error, 12)
  expect(weighFocal([negative], { alpha: 0.25, gamma: 2 }).negatives).toBeCloseTo(error, 12)
})
