import { expect, it } from 'vitest'
import { countOf } from './count-of.ts'

it('only one is singular', () => {
  expect([0, 1, 2].map((count) => countOf(count, 'file'))).toEqual(['0 files', '1 file', '2 files'])
  expect([1, 2].map((count) => countOf(count, 'class', 'classes'))).toEqual([
    '1 class',
    '2 classes',
  ])
})
