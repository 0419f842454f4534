import { SHAPE_CLASSES, tinyModel } from 'singleshot/core'
import { expect, it } from 'vitest'
import { DRAWING, levelAt, placeStages, stagesOf } from './drawing.ts'

const config = tinyModel(SHAPE_CLASSES, { width: 256, height: 192 })
if (config.network.name !== 'tiny') throw new Error('tiny is tiny')
const stages = stagesOf(config, config.network)
const placed = placeStages(stages)

it('every grid is half of the one before, and four of them are feature maps', () => {
  expect(stages.map(({ width, height }) => [width, height])).toEqual([
    [256, 192],
    [128, 96],
    [64, 48],
    [32, 24],
    [16, 12],
    [8, 6],
    [4, 3],
  ])
  expect(stages.map(({ level }) => level)).toEqual([null, null, null, 0, 1, 2, 3])
  expect(stages.map(({ channels }) => channels)).toEqual([3, 16, 32, 64, 128, 128, 128])
})

it('the drawing holds them side by side, in the proportions of the picture', () => {
  for (const [i, { x, y, width, height }] of placed.entries()) {
    expect(width / height).toBeCloseTo(256 / 192, 6)
    expect(y).toBeGreaterThan(0)
    expect(x + width).toBeLessThan(DRAWING.width)
    if (i > 0) expect(x).toBeGreaterThan(placed[i - 1]!.x + placed[i - 1]!.width)
  }
})

it('a click finds a feature map, its head too, and nothing elsewhere', () => {
  const { x, y, width } = placed[4]!
  expect(levelAt(placed, x + width / 2, y + 2)).toBe(1)
  expect(levelAt(placed, x + width / 2, DRAWING.height - 1)).toBe(1)
  expect(levelAt(placed, placed[1]!.x + 5, placed[1]!.y + 5)).toBeNull()
  expect(levelAt(placed, 0, 0)).toBeNull()
})
