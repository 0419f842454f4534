import { expect, test } from 'vitest'
import { measureCoverage } from '../anchor/coverage.ts'
import type { PixelRule } from '../anchor/feature-maps.ts'
import { anchorsOf } from '../anchor/model-anchors.ts'
import { tinyModel } from './tiny.ts'

const INPUT = { width: 320, height: 240 }
const model = tinyModel(['thing'], INPUT)
const maps = model.featureMaps as PixelRule[]

/** A picture with one object near its middle, a few pixels off so that no cell's centre is the object's. */
function exampleOf(width: number, height: number) {
  const x1 = Math.round((INPUT.width - width) / 2) - 3
  const y1 = Math.round((INPUT.height - height) / 2) - 1
  const box = { x1, y1, x2: x1 + width, y2: y1 + height }
  return {
    id: `${width}x${height}`,
    imagePath: '',
    size: INPUT,
    objects: [{ box, classId: 0, difficult: false }],
  }
}

test('the sizes of tiny climb in steps of at most 1.5, each 2.5 to 7 cells of its map', () => {
  const cells = maps.flatMap(({ stride, sizes }) => sizes.map((size) => size / stride))
  expect([Math.min(...cells), Math.max(...cells)]).toEqual([2.5, 7])
  const sizes = [...new Set(maps.flatMap((map) => map.sizes))].sort((a, b) => a - b)
  // 20 28 40 56 80 112 160 224 320: the widest steps are 40 / 28 = 80 / 56 = 1.43.
  for (const [i, size] of sizes.slice(1).entries()) expect(size / sizes[i]!).toBeLessThan(1.5)
})

test('an object from 20 to 220 pixels, square or 2:1 either way, meets an anchor of tiny with IoU .5', () => {
  const anchors = anchorsOf(model)
  const sides = Array.from({ length: 51 }, (_, i) => 20 + 4 * i)
  const shapes = sides.flatMap((side) => [exampleOf(side, side), exampleOf(side, side / 2)])
  const upright = sides
    .filter((side) => side < INPUT.height)
    .map((side) => exampleOf(side / 2, side))
  const visible = [...shapes, ...upright].filter(({ objects: [object] }) => {
    const { x1, y1, x2, y2 } = object!.box
    return (x2 - x1) * (y2 - y1) >= 20 * 20
  })
  const missed = measureCoverage(visible, anchors, { input: INPUT }).objects.filter(
    ({ bestIou }) => bestIou < 0.5,
  )
  expect(missed).toEqual([])
})
