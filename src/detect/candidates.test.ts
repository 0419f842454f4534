import { expect, test } from 'vitest'
import { pickCandidates } from './candidates.ts'

/** Four boxes that can be told apart, the last without area. */
const corners = Float32Array.of(0, 0, 1, 2, 0, 0, 2, 2, 0, 0, 3, 2, 0, 0, 0, 2)
/** Background, class 0, class 1. */
const probabilities = Float32Array.of(0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.5, 0.5, 0, 0, 0.9, 0.1)

test('each class has its boxes above the threshold, best first, ties by anchor, none without area', () => {
  const picked = pickCandidates(probabilities, corners, { scoreThreshold: 0.2, maxCandidates: 9 })
  expect([...picked.classIds]).toEqual([0, 0, 0, 1, 1])
  expect([...picked.anchors]).toEqual([1, 2, 0, 0, 1])
  expect([...picked.scores]).toEqual([0.5, 0.5, 0.25, 0.25, 0.25])
  expect([...picked.corners.subarray(4, 8)]).toEqual([0, 0, 3, 2])
})

test('a score of exactly the threshold is not enough', () => {
  const picked = pickCandidates(probabilities, corners, { scoreThreshold: 0.25, maxCandidates: 9 })
  expect([...picked.anchors]).toEqual([1, 2])
})

test('of one class no more than maxCandidates go on, ties by anchor', () => {
  const picked = pickCandidates(probabilities, corners, { scoreThreshold: 0.2, maxCandidates: 1 })
  expect([...picked.classIds]).toEqual([0, 1])
  expect([...picked.anchors]).toEqual([1, 0])
})

test('no anchors give no candidates', () => {
  const none = new Float32Array(0)
  expect(pickCandidates(none, none, { scoreThreshold: 0, maxCandidates: 1 }).scores).toHaveLength(0)
})
