import { describe, expect, test } from 'vitest'
import { boxIou } from '../box/iou.ts'
import { createImage } from '../image/image.ts'
import { createRandom } from '../random/random.ts'
import { SCENE_OPTIONS } from './scene-options.ts'
import { OUTLINES, SHAPE_CLASSES } from './shape-outline.ts'
import { paintShape } from './shape-paint.ts'
import { planShapes } from './shape-plan.ts'
import { generateScene, generateShapes } from './shapes.ts'

describe('every outline', () => {
  test.each(SHAPE_CLASSES)(
    '%s is inside somewhere, outside beyond -1..1, and touches its top and a side',
    (name) => {
      const outline = OUTLINES[name]!
      let [inside, left, right, top, bottom] = [0, 2, -2, 2, -2]
      for (let y = -1.2; y < 1.2; y += 0.01) {
        for (let x = -1.2; x < 1.2; x += 0.01) {
          if (outline(x, y) >= 0) continue
          inside++
          ;[left, right] = [Math.min(left, x), Math.max(right, x)]
          ;[top, bottom] = [Math.min(top, y), Math.max(bottom, y)]
        }
      }
      expect(inside * 0.0001).toBeGreaterThan(0.9) // of an area of 4
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(-1.01)
      expect(Math.max(right, bottom)).toBeLessThanOrEqual(1.01)
      expect(top).toBeLessThan(-0.9)
      expect(left).toBeLessThan(-0.8)
    },
  )

  test('distances at known places: a circle, a square and a star', () => {
    expect(OUTLINES.circle!(3, 4)).toBe(4)
    expect(OUTLINES.square!(0.5, -0.25)).toBe(-0.5)
    expect(OUTLINES.star!(0, -1)).toBeCloseTo(0, 9) // a tip points up
    expect(OUTLINES.star!(0, 0.45)).toBeCloseTo(0, 9) // a valley points down
  })
})

test('the classes are in alphabetical order, as a reader of files would sort them', () => {
  expect(SHAPE_CLASSES).toEqual([...SHAPE_CLASSES].sort())
})

test('a circle of radius 20 covers its area, with smooth edges', () => {
  const image = createImage({ width: 80, height: 60 })
  const circle = { classId: 0, x: 40.3, y: 30.1, halfWidth: 20, halfHeight: 20, angle: 1 }
  const white = [255, 255, 255] as const
  paintShape(image, circle, { colour: white, accent: white, pattern: 'plain', period: 8 })
  const lit = image.data.filter((value, i) => i % 3 === 0 && value > 70).length
  expect(Math.abs(lit / (Math.PI * 400) - 1)).toBeLessThan(0.05)
})

test('boxes lie in the picture and fit what is seen: whole pixels, of at least a quarter of the shape', () => {
  for (let index = 0; index < 40; index++) {
    for (const { shape, box } of planShapes(createRandom(index), SCENE_OPTIONS)) {
      expect(box.x1).toBeGreaterThanOrEqual(0)
      expect(box.y1).toBeGreaterThanOrEqual(0)
      expect(box.x2).toBeLessThanOrEqual(320)
      expect(box.y2).toBeLessThanOrEqual(240)
      expect(box.x2).toBeGreaterThan(box.x1)
      expect(box.y2).toBeGreaterThan(box.y1)
      const reach = Math.hypot(shape.halfWidth, shape.halfHeight)
      expect(box.x2 - box.x1).toBeLessThanOrEqual(2 * reach + 1)
    }
  }
})

test('a shape that is mostly hidden by another is not placed', () => {
  // One size and a tiny picture: whatever comes later can hardly be seen.
  const tight = {
    ...SCENE_OPTIONS,
    size: { width: 24, height: 20 },
    emptyShare: 0,
    count: [8, 8],
  } as const
  for (let index = 0; index < 30; index++) {
    const placed = planShapes(createRandom(index), tight)
    expect(placed.length).toBeLessThan(8)
    placed.forEach(({ box }, i) => {
      for (const other of placed.slice(0, i)) expect(boxIou(box, other.box)).toBeLessThan(1)
    })
  }
})

test('a scene depends on its seed and number only', () => {
  const [third] = generateShapes({ scenes: 1, seed: 5, first: 3 }).images
  expect(generateScene(5, 3).image).toEqual(third)
  expect(generateScene(5, 4).image).not.toEqual(third)
  expect(generateScene(6, 3).image).not.toEqual(third)
})

test('a dataset has an id, a size and objects for every picture, and every class comes up', () => {
  const { dataset, images } = generateShapes({ scenes: 60, seed: 1 })
  expect(dataset.classes).toBe(SHAPE_CLASSES)
  expect(dataset.examples[7]).toMatchObject({ id: '000007', imagePath: 'shapes:1/000007' })
  dataset.examples.forEach(({ size }, i) => {
    expect({ width: images[i]!.width, height: images[i]!.height }).toEqual(size)
  })
  const seen = new Set(dataset.examples.flatMap(({ objects }) => objects.map((o) => o.classId)))
  expect(seen.size).toBe(SHAPE_CLASSES.length)
})

test('scenes can be empty, crowded, and of any size', () => {
  expect(generateScene(1, 1, { emptyShare: 1 }).objects).toEqual([])
  const crowded = generateScene(1, 1, { emptyShare: 0, crowdedShare: 1 })
  expect(crowded.objects.length).toBeGreaterThanOrEqual(8)
  expect(generateScene(1, 1, { size: { width: 97, height: 61 } }).image).toMatchObject({
    width: 97,
    height: 61,
  })
})
