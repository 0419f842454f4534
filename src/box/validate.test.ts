import { expect, test } from 'vitest'
import { checkBox } from './validate.ts'

const wide = { width: 30, height: 10 }
const origin = { where: 'readVoc', file: 'cells/0042.xml', object: 'object 3' }

test.each([
  ['good', [1, 2, 8, 9], null],
  ['over the whole picture', [0, 0, 30, 10], null],
  ['one pixel outside on every side', [-1, -1, 31, 11], null],
  ['with a NaN', [1, 2, Number.NaN, 9], 'E_BOX_FORMAT'],
  ['with an infinite edge', [1, 2, Number.POSITIVE_INFINITY, 9], 'E_BOX_FORMAT'],
  ['with left and right swapped', [8, 2, 1, 9], 'E_BOX_ORDER'],
  ['with top and bottom swapped', [1, 9, 8, 2], 'E_BOX_ORDER'],
  ['without width', [5, 2, 5, 9], 'E_BOX_EMPTY'],
  ['without height', [1, 5, 8, 5], 'E_BOX_EMPTY'],
  ['too far right', [1, 2, 31.5, 9], 'E_BOX_OUTSIDE'],
  ['too far down, though not for the width', [1, 2, 8, 12], 'E_BOX_OUTSIDE'],
  ['within the tolerance but with no part inside', [-1, 2, 0, 9], 'E_BOX_OUTSIDE'],
])('a box %s: %j gives %s', (_, [x1, y1, x2, y2], code) => {
  const error = checkBox({ x1: x1!, y1: y1!, x2: x2!, y2: y2! }, wide, origin)
  expect(error?.code ?? null).toBe(code)
})

test('the message names the rule, the values, the file and the object', () => {
  expect(checkBox({ x1: 90, y1: 2, x2: 40, y2: 9 }, wide, origin)?.message).toBe(
    'readVoc: expected x1 < x2 and y1 < y2, got x1 90, y1 2, x2 40, y2 9 (cells/0042.xml, object 3)',
  )
})

test.each([
  ['two edges of one axis', [40, 2, 8, 9], 'Swap'],
  ['the left edge again as the lower one', [9, 10, 20, 9], 'Label'],
  ['an edge outside, which swapping would not bring in', [40, 2, 8, 9], 'Label', 20],
])('an inverted box with %s: %j', (_, [x1, y1, x2, y2], remedy, width = 60) => {
  const error = checkBox({ x1: x1!, y1: y1!, x2: x2!, y2: y2! }, { width, height: 10 }, origin)
  expect(error?.code).toBe('E_BOX_ORDER')
  expect(error?.remedy).toMatch(new RegExp(`^${remedy}`))
})
