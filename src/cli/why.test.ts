import { expect, test } from 'vitest'
import { helpOf } from './help.ts'
import { readArguments } from './read-arguments.ts'
import { whyCommand } from './why.ts'
import { readTarget } from './why-target.ts'

const askable = { picture: { width: 160, height: 120 }, classes: ['cat', 'dog'], objectCount: 2 }

test('its example is one that its own rules accept, and its help fits a terminal', () => {
  const [, name, ...args] = whyCommand.example.split(' ')
  expect(name).toBe('why')
  expect(() => readArguments(whyCommand, args)).not.toThrow()
  const lines = helpOf(whyCommand).split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110)
})

test('objects are counted from 1 on the command line and from 0 inside', () => {
  expect(readTarget({ object: 2 }, askable)).toEqual({ object: 1 })
  expect(() => readTarget({ object: 3 }, askable)).toThrow(
    'why: expected --object to be from 1 to 2, got 3',
  )
  expect(() => readTarget({ object: 1 }, { ...askable, objectCount: 0 })).toThrow(/lists no object/)
})

test('a box is four numbers in the picture; a class is one of the model’s', () => {
  const box = { x1: 1.5, y1: 2, x2: 160, y2: 120 }
  expect(readTarget({ box: '1.5, 2,160,120' }, askable)).toEqual({ box })
  expect(readTarget({ box: '1.5,2,160,120', class: 'dog' }, askable)).toEqual({ box, classId: 1 })
  expect(readTarget({}, askable)).toBeUndefined()
  for (const text of ['', '1,2,3,', '1,2,3,4,5', '1;2;3;4', '1,2,3,1e999'])
    expect(() => readTarget({ box: text }, askable)).toThrow(/expected --box to be four numbers/)
  expect(() => readTarget({ box: '5,5,5,9' }, askable)).toThrow(
    /--box: expected a width and a height/,
  )
})
