import { expect, test } from 'vitest'
import { placePlate } from './place-plate.ts'

const size = { width: 100, height: 60 }
const plate = { left: 20, top: 30, width: 40, height: 10 }
const at = (y1: number, x1 = 20) => ({ x1, y1, x2: x1 + 40, y2: y1 + 10 })

test('a plate stays where it would best be if nothing lies there', () => {
  expect(placePlate(plate, size, [])).toEqual(at(30))
  expect(placePlate(plate, size, [at(40), at(20), at(30, 60)])).toEqual(at(30)) // touching is not lying on
})

test('a plate goes below what lies there, then above, then further below', () => {
  expect(placePlate(plate, size, [at(31)])).toEqual(at(20)) // below would touch 31..41 too
  expect(placePlate(plate, size, [at(29)])).toEqual(at(40))
  expect(placePlate(plate, size, [at(25), at(35)])).toEqual(at(50))
})

test('where everything is taken, a plate lies where it would best be', () => {
  const everything = { x1: 0, y1: 0, x2: 100, y2: 60 }
  expect(placePlate(plate, size, [everything])).toEqual(at(30))
})

test('a plate is moved inside the picture, which is wider than high', () => {
  expect(placePlate({ ...plate, left: 90, top: 58 }, size, [])).toEqual(at(50, 60))
  expect(placePlate({ ...plate, left: -9, top: -9 }, size, [])).toEqual(at(0, 0))
})
