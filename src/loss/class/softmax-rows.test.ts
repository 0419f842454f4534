import { expect, test } from 'vitest'
import { softmaxRows } from './softmax-rows.ts'

test('each row becomes probabilities in the ratio of the exponentials', () => {
  // exp(log 1) : exp(log 3) = 1 : 3
  const probabilities = softmaxRows(Float32Array.of(0, Math.log(3), 5, 5), 2)
  expect(probabilities[0]).toBeCloseTo(0.25, 6)
  expect(probabilities[1]).toBeCloseTo(0.75, 6)
  expect(probabilities[2]).toBe(0.5)
})

test('huge logits do not overflow', () => {
  expect([...softmaxRows(Float32Array.of(1e30, -1e30, -1e30), 3)]).toEqual([1, 0, 0])
})

test('logits that are not whole rows are refused', () => {
  expect(() => softmaxRows(new Float32Array(7), 3)).toThrow(
    'softmaxRows: expected rows of 3 logits, got 7',
  )
})
