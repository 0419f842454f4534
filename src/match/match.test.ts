import { expect, test } from 'vitest'
import { type MatchOptions, matchAnchors } from './match.ts'

/** Four anchors 10 wide and 5 high: three in a row, and one shifted half over the first. */
const anchors = Float32Array.of(0, 0, 10, 5, 10, 0, 20, 5, 20, 0, 30, 5, 2, 0, 12, 5)

function match(objects: number[][], options: MatchOptions = {}): number[] {
  return [...matchAnchors(Float32Array.from(objects.flat()), anchors, options)]
}

test('an anchor is positive from the threshold on, and an object also has its best anchor', () => {
  // (0,0,10,5): IoU 1 with anchor 0, 8 / 12 = .67 with anchor 3. (21,0,24,5): 15 / 50 = .3 with anchor 2.
  const objects = [
    [0, 0, 10, 5],
    [21, 0, 24, 5],
  ]
  expect(match(objects)).toEqual([0, -1, 1, 0])
  expect(match(objects, { matchIouThreshold: 0.7 })).toEqual([0, -1, 1, -1])
})

test('an IoU of exactly the threshold is positive, also when 32 bits cannot hold it', () => {
  // The object forces the first of two equal anchors; the second is positive by the threshold alone.
  const twins = Float32Array.of(0, 0, 10, 5, 0, 0, 10, 5)
  const matchTwins = (object: number[], matchIouThreshold: number) => [
    ...matchAnchors(Float32Array.from(object), twins, { matchIouThreshold }),
  ]
  expect(matchTwins([0, 0, 5, 5], 0.5)).toEqual([0, 0]) // 25 / 50
  expect(matchTwins([0, 0, 5, 5], 0.51)).toEqual([0, -1])
  expect(matchTwins([0, 0, 7, 5], 0.7)).toEqual([0, 0]) // 35 / 50, stored as .699999988
})

test('bipartite: of two objects on one anchor both keep one', () => {
  const objects = [
    [0, 0, 9, 5],
    [0, 0, 10, 5],
  ]
  // the second takes anchor 0 (IoU 1), the first its next best, anchor 3 (35 / 60)
  expect(match(objects)).toEqual([1, -1, -1, 0])
})

test('overwriting: of two objects on one anchor the later takes it and the earlier may have none', () => {
  const objects = [
    [0, 0, 4, 5], // 20 / 50 = .4 with anchor 0, below the threshold everywhere
    [0, 0, 3, 5],
  ]
  expect(match(objects, { matcher: 'overwriting' })).toEqual([1, -1, -1, -1])
  expect(match(objects)).toContain(0)
})

test('overwriting: an object that touches no anchor forces the first one', () => {
  expect(match([[50, 50, 60, 60]], { matcher: 'overwriting' })).toEqual([0, -1, -1, -1])
})

test('an anchor that two objects overlap equally answers for the first', () => {
  // Each object forces one of three equal anchors; the third is positive by the threshold alone.
  const object = [0, 0, 10, 5]
  const triplets = Float32Array.of(...object, ...object, ...object)
  expect([...matchAnchors(Float32Array.of(...object, ...object), triplets)]).toEqual([0, 1, 0])
})

test('overwriting: of two equally good anchors an object forces the first', () => {
  const between = [15, 0, 25, 5] // 25 / 75 with anchors 1 and 2
  expect(match([between], { matcher: 'overwriting' })).toEqual([-1, 0, -1, -1])
})

test('without objects every anchor is negative', () => {
  expect(match([])).toEqual([-1, -1, -1, -1])
  expect(match([], { matcher: 'overwriting' })).toEqual([-1, -1, -1, -1])
})

test('a given array is written to, whatever it held', () => {
  const matched = new Int32Array(4).fill(7)
  expect(matchAnchors(new Float32Array(0), anchors, {}, matched)).toBe(matched)
  expect([...matched]).toEqual([-1, -1, -1, -1])
})

test('a threshold out of range and an array that does not fit are refused', () => {
  expect(() => match([], { matchIouThreshold: 0 })).toThrow(
    'matchAnchors: matchIouThreshold: expected a number above 0 and at most 1, got 0',
  )
  expect(() => matchAnchors(new Float32Array(0), anchors, {}, new Int32Array(3))).toThrow(
    'matchAnchors: expected one place in matched for each of 4 anchors, got 3',
  )
})
