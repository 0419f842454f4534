import { expect, it } from 'vitest'
import { askingOrder, threeChances } from './story.ts'

it('finds the right class, background and the strongest rival', () => {
  const chances = threeChances([0.1, 0.2, 0.6, 0.07, 0.03], 1)
  expect(chances).toEqual({ right: 0.2, background: 0.1, other: 0.6 })
  expect(threeChances([0.4, 0.6], 1).other).toBe(0)
})

it('asks for the shown snapshot first', () => {
  expect(askingOrder(4, 2)).toEqual([2, 0, 1, 3])
  expect(askingOrder(3, 9)).toEqual([0, 1, 2])
})
