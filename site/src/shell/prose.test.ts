import { expect, it } from 'vitest'
import { readProse } from './prose.ts'

const plain = (words: string) => ({ kind: 'plain', words })

it('a blank line begins a paragraph; a single line break does not', () => {
  expect(readProse('one\n  two\n\nthree')).toEqual([[plain('one two')], [plain('three')]])
})

it('ticks make code and stars make stress', () => {
  expect(readProse('say `0.5` *now*.')).toEqual([
    [
      plain('say '),
      { kind: 'code', words: '0.5' },
      plain(' '),
      { kind: 'stress', words: 'now' },
      plain('.'),
    ],
  ])
})

it('a star between spaces is a times sign and stays', () => {
  expect(readProse('2 * 3 * 4')).toEqual([[plain('2 * 3 * 4')]])
})
