import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dealFolds } from './folds.ts'

describe('dealFolds', () => {
  it('keeps groups whole, sizes within the largest group, and gives the same folds for the same seed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 0, max: 1e6 }),
        (groups, folds, seed) => {
          const dealt = dealFolds(groups, folds, seed)
          expect(dealt).toHaveLength(groups.length)
          expect(dealt.every((fold) => Number.isInteger(fold) && fold >= 0 && fold < folds)).toBe(
            true,
          )
          for (const group of new Set(groups))
            expect(new Set(dealt.filter((_, i) => groups[i] === group)).size).toBe(1)
          const sizes = Array.from(
            { length: folds },
            (_, k) => dealt.filter((fold) => fold === k).length,
          )
          const largest = Math.max(
            0,
            ...[...new Set(groups)].map((group) => groups.filter((g) => g === group).length),
          )
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(largest)
          expect(dealFolds(groups, folds, seed)).toEqual(dealt)
        },
      ),
    )
  })

  it('deals otherwise for another seed', () => {
    const groups = Array.from({ length: 30 }, (_, i) => i)
    expect(dealFolds(groups, 3, 1)).not.toEqual(dealFolds(groups, 3, 2))
  })
})
