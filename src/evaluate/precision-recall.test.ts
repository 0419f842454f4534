import { expect, test } from 'vitest'
import { precisionRecall } from './precision-recall.ts'

const right = (score: number) => ({ verdict: 'true-positive' as const, score })
const wrong = (score: number) => ({ verdict: 'false-positive' as const, score })

test('there is a point a detection, and ignored ones are passed over', () => {
  const judgements = [
    right(0.9),
    wrong(0.8),
    { verdict: 'ignored' as const, score: 0.7 },
    right(0.6),
  ]
  expect(precisionRecall(judgements, 4)).toEqual({
    precision: [1, 1 / 2, 2 / 3],
    recall: [1 / 4, 1 / 4, 2 / 4],
    scores: [0.9, 0.8, 0.6],
  })
})

test('without objects the recall is 0, not NaN', () => {
  expect(precisionRecall([wrong(0.5)], 0).recall).toEqual([0])
})
