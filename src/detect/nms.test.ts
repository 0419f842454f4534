import { expect, test } from 'vitest'
import { nms, nmsPerClass } from './nms.ts'

/** 10 x 4 boxes that start at the given x: two of them d apart have IoU (10 - d) / (10 + d). */
const boxesAt = (...starts: number[]) => Float32Array.from(starts.flatMap((x) => [x, 0, x + 10, 4]))

test('the best box stays and those that overlap it go', () => {
  // 2 apart: 8 / 12 = .67, above .45; 5 apart: 5 / 15 = .33
  expect(nms(boxesAt(0, 2, 5), Float32Array.of(0.5, 0.9, 0.7))).toEqual([1])
  expect(nms(boxesAt(0, 2, 7), Float32Array.of(0.9, 0.5, 0.7))).toEqual([0, 2])
})

test('boxes overlap only where they do in both directions', () => {
  /** 10 x 4 boxes that start at the given y: two of them d apart have IoU (4 - d) / (4 + d). */
  const boxesDown = (...starts: number[]) =>
    Float32Array.from(starts.flatMap((y) => [0, y, 10, y + 4]))
  // 1 apart: 3 / 5 = .6, above .45; 2 apart: 2 / 6 = .33
  expect(nms(boxesDown(0, 1, 2), Float32Array.of(0.9, 0.8, 0.7))).toEqual([0, 2])
  // The same columns, other rows; then the same rows, other columns; then both moved: 9 · 3 / (80 - 27) = .51
  const boxes = Float32Array.of(0, 0, 10, 4, 0, 4, 10, 8, 10, 0, 20, 4, 1, 1, 11, 5)
  expect(nms(boxes, Float32Array.of(0.9, 0.8, 0.7, 0.6))).toEqual([0, 1, 2])
  expect(nms(boxes, Float32Array.of(0.9, 0.8, 0.7, 0.6), { nmsIouThreshold: 0.52 })).toEqual([
    0, 1, 2, 3,
  ])
})

test('a box that went suppresses nothing', () => {
  // 0-3: 7 / 13 = .54 goes; 3-6 would be .54 too, but 0-6 is 4 / 16 = .25
  expect(nms(boxesAt(0, 3, 6), Float32Array.of(0.9, 0.8, 0.7))).toEqual([0, 2])
})

test('an IoU of exactly the threshold stays', () => {
  const boxes = Float32Array.of(0, 0, 4, 2, 0, 0, 2, 2) // IoU 4 / 8 = .5
  expect(nms(boxes, Float32Array.of(0.9, 0.8), { nmsIouThreshold: 0.5 })).toEqual([0, 1])
  expect(nms(boxes, Float32Array.of(0.9, 0.8), { nmsIouThreshold: 0.49 })).toEqual([0])
})

test('a threshold of 0 keeps only boxes that do not overlap', () => {
  expect(nms(boxesAt(0, 9, 10), Float32Array.of(0.9, 0.8, 0.7), { nmsIouThreshold: 0 })).toEqual([
    0, 2,
  ])
})

test('equal scores keep the lower index', () => {
  expect(nms(boxesAt(1, 0, 2), Float32Array.of(0.5, 0.5, 0.5))).toEqual([0])
})

test('negative coordinates, boxes without area and NaN scores do no harm', () => {
  expect(nms(boxesAt(-20, -19, 50), Float32Array.of(0.5, 0.6, 0.7))).toEqual([2, 1])
  expect(nms(new Float32Array(8), Float32Array.of(0.5, 0.6))).toEqual([1, 0])
  expect(nms(boxesAt(0, 0), Float32Array.of(Number.NaN, 0.1))).toEqual([1])
})

test('classes do not suppress each other, and all come back best first', () => {
  const kept = nmsPerClass(boxesAt(0, 1, 2, 3), Float32Array.of(0.5, 0.9, 0.6, 0.8), [0, 7, 0, 7])
  expect(kept).toEqual([1, 2])
  expect(nmsPerClass(boxesAt(0, 0), Float32Array.of(0.5, 0.5), [4, 1])).toEqual([0, 1])
})

test('no boxes give no boxes', () => {
  expect(nms(new Float32Array(0), new Float32Array(0))).toEqual([])
  expect(nmsPerClass(new Float32Array(0), new Float32Array(0), [])).toEqual([])
})

test('there must be a score and a class for each box', () => {
  expect(() => nms(boxesAt(0, 1), Float32Array.of(1))).toThrow(
    'nms: expected a score and a class for each of 2 boxes, got 1',
  )
})
