import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dealSplits } from './stratify.ts'

const pictures = fc
  .array(
    fc.record({
      classIds: fc.array(fc.nat(3), { maxLength: 4 }),
      group: fc.nat(200),
    }),
    { minLength: 1, maxLength: 120 },
  )
  .map((list) => list.map((picture, i) => ({ ...picture, id: `p${i}` })))

describe('dealSplits', () => {
  it('gives every picture one split, a group one split, and the same ones each time', () => {
    fc.assert(
      fc.property(pictures, fc.nat(99), (list, seed) => {
        const splits = dealSplits(list, seed)
        expect(splits.size).toBe(list.length)
        for (const { id, group } of list) {
          const other = list.find((one) => one.group === group)!
          expect(splits.get(id)).toBe(splits.get(other.id))
        }
        expect(dealSplits([...list].reverse(), seed)).toEqual(splits)
      }),
      { numRuns: 60 },
    )
  })

  it('divides every class as the whole: also one of which there are ten', () => {
    const list = Array.from({ length: 400 }, (_, i) => ({
      id: `p${i}`,
      // Class 0 is in all, class 1 in every fourth, class 2 in every fortieth, and some are empty.
      classIds: i % 10 === 9 ? [] : [0, ...(i % 4 === 0 ? [1] : []), ...(i % 40 === 0 ? [2] : [])],
      group: i,
    }))
    const splits = dealSplits(list, 7, { test: 0.2, val: 0.1 })
    const share = (holds: (classIds: readonly number[]) => boolean) => {
      const held = list.filter(({ classIds }) => holds(classIds))
      return ['train', 'val', 'test'].map(
        (name) => held.filter(({ id }) => splits.get(id) === name).length / held.length,
      )
    }
    for (const holds of [
      () => true,
      ...[0, 1, 2].map((c) => (ids: readonly number[]) => ids.includes(c)),
      (ids: readonly number[]) => ids.length === 0,
    ]) {
      const [train, val, test] = share(holds)
      expect(Math.abs(train! - 0.7)).toBeLessThanOrEqual(0.05)
      expect(Math.abs(val! - 0.1)).toBeLessThanOrEqual(0.05)
      expect(Math.abs(test! - 0.2)).toBeLessThanOrEqual(0.05)
    }
  })

  it('leaves a split empty that is not wanted', () => {
    const list = Array.from({ length: 20 }, (_, i) => ({ id: `${i}`, classIds: [0], group: i }))
    const names = new Set(dealSplits(list, 1, { test: 0.5, val: 0 }).values())
    expect([...names].toSorted()).toEqual(['test', 'train'])
  })
})
