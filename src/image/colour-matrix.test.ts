import { expect, test } from 'vitest'
import {
  applyColours,
  type ColourMatrix,
  composeColours,
  IDENTITY_COLOURS,
} from './colour-matrix.ts'

const first: ColourMatrix = [
  [1, 2, 0, 5],
  [0, 1, 0, -1],
  [3, 0, 1, 0],
]
const second: ColourMatrix = [
  [0, 0, 2, 1],
  [1, 0, 0, 0],
  [0, 4, 0, -7],
]

test('each new channel is a weighted sum plus a constant', () => {
  expect(applyColours(first, [10, 20, 30])).toEqual([55, 19, 60])
})

test('a composed matrix does what its two parts do in turn, in that order', () => {
  const colour = [10, 20, 30] as const
  const inTurn = applyColours(second, applyColours(first, colour))
  expect(inTurn).toEqual([121, 55, 69])
  expect(applyColours(composeColours(first, second), colour)).toEqual(inTurn)
})

test('the identity changes nothing', () => {
  expect(composeColours(first, IDENTITY_COLOURS)).toEqual(first)
  expect(composeColours(IDENTITY_COLOURS, first)).toEqual(first)
})
