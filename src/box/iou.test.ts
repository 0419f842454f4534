import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Box, packCorners } from './box.ts'
import { boxIou, iouMatrix, rowIou } from './iou.ts'

const box = (x1: number, y1: number, x2: number, y2: number): Box => ({ x1, y1, x2, y2 })

const coordinate = fc.integer({ min: -400, max: 400 }).map((n) => n / 4)
const anyBox = fc.tuple(coordinate, coordinate, coordinate, coordinate).map((c) => box(...c))

test('the IoU is the shared area over the covered area', () => {
  // shared 2 x 3 = 6, covered 4 * 6 + 5 * 4 - 6 = 38
  expect(boxIou(box(0, 0, 4, 6), box(2, 3, 7, 7))).toBeCloseTo(6 / 38, 12)
})

test('a box has IoU 1 with itself', () => {
  expect(boxIou(box(3, 4, 9, 20), box(3, 4, 9, 20))).toBe(1)
})

test('boxes that only touch do not overlap', () => {
  expect(boxIou(box(0, 0, 4, 4), box(4, 0, 8, 4))).toBe(0)
})

test('the IoU is symmetric and between 0 and 1', () => {
  fc.assert(
    fc.property(anyBox, anyBox, (a, b) => {
      const iou = boxIou(a, b)
      expect(iou).toBe(boxIou(b, a))
      expect(iou).toBeGreaterThanOrEqual(0)
      expect(iou).toBeLessThanOrEqual(1)
    }),
  )
})

test.each([
  ['without width', box(2, 0, 2, 8)],
  ['without height', box(0, 2, 8, 2)],
  ['inverted', box(8, 8, 0, 0)],
  ['with a NaN on the left', box(Number.NaN, 0, 8, 8)],
  ['with a NaN below', box(0, 0, 8, Number.NaN)],
  ['whose area rounds to 0', box(0, 0, 1e-200, 1e-200)],
])('a box %s has IoU 0 with everything, itself too', (_, broken) => {
  expect(boxIou(broken, broken)).toBe(0)
  expect(boxIou(broken, box(0, 0, 8, 8))).toBe(0)
  expect(boxIou(box(0, 0, 8, 8), broken)).toBe(0)
})

test('the matrix has a row for each object and a column for each anchor', () => {
  const objects = packCorners([box(0, 0, 4, 2), box(0, 0, 2, 2)])
  const anchors = packCorners([box(0, 0, 4, 2), box(2, 0, 4, 2), box(9, 9, 10, 10)])
  // 4 / 8 = .5 for the first object and the second anchor; 4 / 8 the other way round
  expect([...iouMatrix(objects, anchors)]).toEqual([1, 0.5, 0, 0.5, 0, 0])
})

test('the matrix agrees with the IoU of single boxes', () => {
  fc.assert(
    fc.property(fc.array(anyBox), fc.array(anyBox), (objects, anchors) => {
      const expected = objects.flatMap((a) => anchors.map((b) => Math.fround(boxIou(a, b))))
      expect([...iouMatrix(packCorners(objects), packCorners(anchors))]).toEqual(expected)
    }),
  )
})

test('rows are picked from each array by their own number', () => {
  const a = packCorners([box(0, 0, 1, 1), box(0, 0, 4, 2)])
  const b = packCorners([box(0, 0, 2, 2)])
  expect(rowIou(a, 1, b, 0)).toBe(0.5)
})

test('no objects give an empty matrix', () => {
  expect(iouMatrix(new Float32Array(0), packCorners([box(0, 0, 1, 1)]))).toHaveLength(0)
})
