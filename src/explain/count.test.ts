import { expect, it } from 'vitest'
import { count } from './count.ts'

it('one thing is told in the singular, none and several in the plural', () => {
  expect([0, 1, 2].map((number) => count(number, 'object'))).toEqual([
    '0 objects',
    '1 object',
    '2 objects',
  ])
  expect([1, 2].map((number) => count(number, 'box', 'boxes'))).toEqual(['1 box', '2 boxes'])
})
