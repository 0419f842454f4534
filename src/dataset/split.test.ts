import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { drawSplits } from './split.ts'

const ids = (count: number) => Array.from({ length: count }, (_, i) => `id-${i}`)

test('of 100 ids, 70 are for training, 10 for validation and 20 for the test', () => {
  const splits = drawSplits(ids(100), 1)
  const sizes = Object.fromEntries([...splits].map(([name, list]) => [name, list.length]))
  expect(sizes).toEqual({ train: 70, val: 10, trainval: 80, test: 20 })
})

test('train, val and test share nothing and miss nothing, whatever the count and the seed', () => {
  assert(
    property(integer({ min: 0, max: 60 }), integer(), (count, seed) => {
      const splits = drawSplits(ids(count), seed)
      const parts = ['train', 'val', 'test'].flatMap((name) => splits.get(name)!)
      expect(parts.sort()).toEqual(ids(count).sort())
      const both = [...splits.get('train')!, ...splits.get('val')!].sort()
      expect(splits.get('trainval')).toEqual(both)
    }),
  )
  expect.hasAssertions()
})

test('the order of the ids does not matter, the seed does', () => {
  expect(drawSplits(ids(30).reverse(), 5)).toEqual(drawSplits(ids(30), 5))
  expect(drawSplits(ids(30), 6)).not.toEqual(drawSplits(ids(30), 5))
})

test('a single id is trained on', () => {
  expect(drawSplits(['only'], 0).get('train')).toEqual(['only'])
})
