import { expect, it } from 'vitest'
import { overlapOf } from './overlap.ts'

const box = (x1: number, y1: number, x2: number, y2: number) => ({ x1, y1, x2, y2 })

it('works out the sum: 2 x 3 shared, 38 covered', () => {
  const { intersection, union, iou } = overlapOf(box(0, 0, 4, 6), box(2, 3, 7, 7))
  expect([intersection, union]).toEqual([6, 38])
  expect(iou).toBeCloseTo(6 / 38, 12)
})

it('boxes that do not touch share nothing and have no slope', () => {
  const { shared, intersection, slope } = overlapOf(box(0, 0, 4, 4), box(8, 0, 12, 4))
  expect([shared, intersection, slope]).toEqual([null, 0, [0, 0]])
})

it('moving away from a box lowers the IoU', () => {
  expect(overlapOf(box(0, 0, 40, 40), box(10, 0, 50, 40)).slope[0]).toBeLessThan(0)
})
