import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packCorners } from '../box/box.ts'
import { iouMatrix } from '../box/iou.ts'
import { pairObjects } from './bipartite.ts'

/** Three anchors 10 wide and 5 high, side by side. */
const row = Float32Array.of(0, 0, 10, 5, 10, 0, 20, 5, 20, 0, 30, 5)

function pair(objects: number[][], anchors = row): number[] {
  const groundTruth = Float32Array.from(objects.flat())
  return [...pairObjects(iouMatrix(groundTruth, anchors), groundTruth, anchors)]
}

test('the best pair of all goes first and the other object takes its next best', () => {
  // Both want anchor 0. IoUs: first (1,0,12,5): 9/12 and 2/19; second (0,0,10,5): 1.
  expect(
    pair([
      [1, 0, 12, 5],
      [0, 0, 10, 5],
    ]),
  ).toEqual([1, 0])
})

test('objects with equal IoU are served in their order', () => {
  const twin = [0, 0, 12, 5]
  expect(pair([twin, twin])).toEqual([0, 1])
})

test('of two equally good anchors the first is taken', () => {
  expect(pair([[5, 0, 15, 5]])).toEqual([0])
})

test('an object that touches no anchor takes the one with the nearest centre', () => {
  expect(pair([[27, 40, 29, 42]])).toEqual([2])
})

test('of two equally near anchors the first is taken', () => {
  expect(pair([[9, 40, 11, 42]])).toEqual([0]) // centre 10, anchors at 5 and 15
})

test('an object without area still gets an anchor', () => {
  expect(pair([[14, 2, 14, 2]])).toEqual([1])
})

test('the nearest anchor that is already given is passed over', () => {
  expect(
    pair([
      [24, 40, 26, 42],
      [20, 0, 30, 5],
    ]),
  ).toEqual([1, 2])
})

test('with more objects than anchors the worst fitting stay without', () => {
  const objects = [
    [0, 0, 5, 5],
    [0, 0, 10, 5],
    [10, 0, 20, 5],
    [20, 0, 30, 5],
  ]
  expect(pair(objects)).toEqual([-1, 0, 1, 2])
})

test('an object with a NaN gets none and takes nothing from the others', () => {
  expect(
    pair([
      [Number.NaN, 0, 10, 5],
      [0, 0, 10, 5],
    ]),
  ).toEqual([-1, 0])
})

test('no objects and no anchors are both fine', () => {
  expect(pair([])).toEqual([])
  expect(pair([[0, 0, 1, 1]], new Float32Array(0))).toEqual([-1])
})

test('the pairs are those of the plain greedy search over the whole matrix', () => {
  const side = fc.integer({ min: 1, max: 12 })
  const start = fc.integer({ min: 0, max: 20 })
  const box = fc
    .tuple(start, start, side, side)
    .map(([x1, y1, w, h]) => ({ x1, y1, x2: x1 + w, y2: y1 + h }))
  fc.assert(
    fc.property(fc.array(box, { maxLength: 8 }), fc.array(box, { maxLength: 12 }), (m, a) => {
      const ious = iouMatrix(packCorners(m), packCorners(a))
      const pairs = pairObjects(ious, packCorners(m), packCorners(a))
      for (const [object, anchor] of greedyPairs(ious, m.length, a.length))
        expect(pairs[object]).toBe(anchor)
      const given = [...pairs].filter((anchor) => anchor >= 0)
      expect(new Set(given).size).toBe(given.length)
      expect(given).toHaveLength(Math.min(m.length, a.length))
    }),
  )
})

/** The definition, word for word: as long as there is a free pair that overlaps, take the best. */
function greedyPairs(ious: Float32Array, objectCount: number, anchorCount: number) {
  const pairs = new Map<number, number>()
  for (;;) {
    let best = { iou: 0, m: -1, a: -1 }
    for (let m = 0; m < objectCount; m++)
      for (let a = 0; a < anchorCount; a++) {
        const iou = ious[m * anchorCount + a]!
        const isFree = !pairs.has(m) && ![...pairs.values()].includes(a)
        if (isFree && iou > best.iou) best = { iou, m, a }
      }
    if (best.m < 0) return pairs
    pairs.set(best.m, best.a)
  }
}
