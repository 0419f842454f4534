import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CandidateQueue } from './candidates.ts'

/** Background, class 0, class 1, for three anchors. */
const probabilities = Float32Array.of(0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.5, 0.5, 0)

function all(queue: CandidateQueue) {
  const taken: [anchor: number, classId: number, score: number][] = []
  for (let candidate = queue.take(); candidate !== undefined; candidate = queue.take())
    taken.push([candidate.anchor, candidate.classId, candidate.score])
  return taken
}

test('candidates come best first, ties by class, then by anchor', () => {
  expect(all(new CandidateQueue(probabilities, 3, 0.2))).toEqual([
    [1, 0, 0.5],
    [2, 0, 0.5],
    [0, 0, 0.25],
    [0, 1, 0.25],
    [1, 1, 0.25],
  ])
})

test('a score of exactly the threshold is no candidate, nor is NaN, nor background', () => {
  expect(new CandidateQueue(probabilities, 3, 0.25)).toHaveLength(2)
  expect(new CandidateQueue(Float32Array.of(1, Number.NaN, 0.5), 1, 0.1)).toHaveLength(1)
})

test('no anchors make no candidates', () => {
  expect(new CandidateQueue(new Float32Array(0), 0, 0).take()).toBeUndefined()
})

test('whatever the numbers, the order is that of sorting', () => {
  const eighth = fc.integer({ min: 0, max: 8 }).map((n) => n / 8)
  fc.assert(
    fc.property(fc.array(fc.tuple(eighth, eighth, eighth), { maxLength: 40 }), (rows) => {
      const candidates = rows.flatMap((row, anchor) =>
        row.slice(1).map((score, classId) => [anchor, classId, score] as const),
      )
      const sorted = candidates
        .filter(([, , score]) => score > 0.25)
        .sort(([a, k, score], [b, l, other]) => other - score || k - l || a - b)
      expect(all(new CandidateQueue(Float32Array.from(rows.flat()), rows.length, 0.25))).toEqual(
        sorted,
      )
    }),
  )
})

test('of thousands the best come first too, and then the rest', () => {
  // 5,000 anchors, one class; scores between .01 and 1 in no order, each of them twice.
  const scores = Array.from({ length: 5000 }, (_, i) => 0.01 + (0.99 * ((i * 7919) % 2500)) / 2500)
  const rows = Float32Array.from(scores.flatMap((score) => [1 - score, score]))
  const queue = new CandidateQueue(rows, 5000, 0.05)
  const expected = scores
    .map((score, anchor) => [anchor, Math.fround(score)] as const)
    .filter(([, score]) => score > 0.05)
    .sort(([a, score], [b, other]) => other - score || a - b)
  expect(queue).toHaveLength(expected.length)
  expect(all(queue).map(([anchor]) => anchor)).toEqual(expected.map(([anchor]) => anchor))
})

test('thousands of equal scores come in the order of their anchors', () => {
  const rows = Float32Array.from({ length: 6000 }, (_, i) => (i % 2 === 0 ? 0.25 : 0.75))
  const anchors = all(new CandidateQueue(rows, 3000, 0)).map(([anchor]) => anchor)
  expect(anchors).toEqual(Array.from({ length: 3000 }, (_, i) => i))
})
