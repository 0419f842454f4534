import { expect, test } from 'vitest'
import { countRows, takeRows } from './rows.ts'

test('four numbers are one row', () => {
  expect(countRows(new Float32Array(12), 'test')).toBe(3)
})

test('rows are copied in the order asked for, also twice', () => {
  const boxes = Float32Array.of(0, 1, 2, 3, 10, 11, 12, 13)
  expect([...takeRows(boxes, [1, 0, 1])]).toEqual([10, 11, 12, 13, 0, 1, 2, 3, 10, 11, 12, 13])
})

test('half a row is refused with the name of the asker', () => {
  expect(() => countRows(new Float32Array(5), 'nms')).toThrow('nms: expected four numbers a box')
})
