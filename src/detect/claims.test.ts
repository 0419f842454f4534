import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ClaimQueue } from './claims.ts'

/** Background, class 0, class 1, for three anchors. */
const probabilities = Float32Array.of(0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.5, 0.5, 0)

function all(queue: ClaimQueue) {
  const taken: [anchor: number, classId: number, score: number][] = []
  for (let claim = queue.take(); claim !== undefined; claim = queue.take())
    taken.push([claim.anchor, claim.classId, claim.score])
  return taken
}

test('claims come best first, ties by class, then by anchor', () => {
  expect(all(new ClaimQueue(probabilities, 3, 0.2))).toEqual([
    [1, 0, 0.5],
    [2, 0, 0.5],
    [0, 0, 0.25],
    [0, 1, 0.25],
    [1, 1, 0.25],
  ])
})

test('a score of exactly the threshold is no claim, nor is NaN, nor background', () => {
  expect(new ClaimQueue(probabilities, 3, 0.25)).toHaveLength(2)
  expect(new ClaimQueue(Float32Array.of(1, Number.NaN, 0.5), 1, 0.1)).toHaveLength(1)
})

test('no anchors make no claims', () => {
  expect(new ClaimQueue(new Float32Array(0), 0, 0).take()).toBeUndefined()
})

test('whatever the numbers, the order is that of sorting', () => {
  const eighth = fc.integer({ min: 0, max: 8 }).map((n) => n / 8)
  fc.assert(
    fc.property(fc.array(fc.tuple(eighth, eighth, eighth), { maxLength: 40 }), (rows) => {
      const claims = rows.flatMap((row, anchor) =>
        row.slice(1).map((score, classId) => [anchor, classId, score] as const),
      )
      const sorted = claims
        .filter(([, , score]) => score > 0.25)
        .sort(([a, k, score], [b, l, other]) => other - score || k - l || a - b)
      expect(all(new ClaimQueue(Float32Array.from(rows.flat()), rows.length, 0.25))).toEqual(sorted)
    }),
  )
})
