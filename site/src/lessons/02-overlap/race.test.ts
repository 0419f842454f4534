import { boxIou } from 'singleshot/core'
import { expect, it } from 'vitest'
import { generalisedIou, slopesOf, wayOf } from './race.ts'

const object = { x1: 240, y1: 110, x2: 340, y2: 190 }
const apart = { x1: 30, y1: 40, x2: 130, y2: 100 }
const touching = { x1: 200, y1: 90, x2: 300, y2: 150 }

it('GIoU of two unit boxes with one between them is -1/3: a hull of 3, a union of 2', () => {
  const box = (x1: number) => ({ x1, y1: 0, x2: x1 + 1, y2: 1 })
  expect(generalisedIou(box(0), box(2))).toBeCloseTo(-1 / 3, 12)
  expect(generalisedIou(box(0), box(0))).toBe(1)
})

it('apart, IoU has no slope and its box never moves; the other two arrive', () => {
  expect(slopesOf('IoU', apart, object)).toEqual([0, 0, 0, 0])
  expect(wayOf('IoU', apart, object, 400).at(-1)).toEqual(wayOf('IoU', apart, object, 0)[0])
  for (const racer of ['smooth L1', 'GIoU'] as const)
    expect(boxIou(wayOf(racer, apart, object, 400).at(-1)!, object)).toBeGreaterThan(0.9)
})

it('GIoU first swells, because a larger box leaves less of the hull empty', () => {
  const way = wayOf('GIoU', apart, object, 400)
  const area = ({ x1, y1, x2, y2 }: typeof object) => (x2 - x1) * (y2 - y1)
  expect(Math.max(...way.map(area))).toBeGreaterThan(1.2 * Math.max(area(apart), area(object)))
})

it('touching, IoU starts too', () => {
  expect(boxIou(wayOf('IoU', touching, object, 400).at(-1)!, object)).toBeGreaterThan(0.9)
})
