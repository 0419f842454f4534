import { describe, expect, test } from 'vitest'
import { createImage } from '../image/image.ts'
import { createRandom } from '../random/random.ts'
import { SCENE_OPTIONS } from './scene-options.ts'
import { OUTLINES, SHAPE_CLASSES } from './shape-outline.ts'
import { paintShape } from './shape-paint.ts'
import { distanceTo, type PlacedShape, planShapes } from './shape-plan.ts'
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
  const row = (x: number) => image.data[(30 * 80 + x) * 3]!
  // The edges lie at 20.3 and 60.3.
  expect(row(19)).toBe(0)
  expect(row(20)).toBeGreaterThan(0)
  expect(row(60)).toBeLessThan(row(59))
  expect(row(61)).toBe(0)
  const lit = image.data.filter((value, i) => i % 3 === 0 && value > 70).length
  expect(Math.abs(lit / (Math.PI * 400) - 1)).toBeLessThan(0.05)
})

/** Whether the centre of a pixel lies in a shape. */
const holds = (shape: PlacedShape, x: number, y: number) => distanceTo(shape)(x + 0.5, y + 0.5) < 0

test('a box fits what is seen of its shape, and that is at least a quarter of it', () => {
  const size = { width: 64, height: 48 }
  const options = { ...SCENE_OPTIONS, size, crowdedShare: 1 }
  for (let index = 0; index < 12; index++) {
    const placed = planShapes(createRandom(index), options)
    placed.forEach(({ shape, box }, i) => {
      const inFront = placed.slice(0, i)
      let area = 0
      const seen: { x: number; y: number }[] = []
      for (let y = -48; y < 96; y++) {
        for (let x = -64; x < 128; x++) {
          if (!holds(shape, x, y)) continue
          area++
          const inside = x >= 0 && y >= 0 && x < size.width && y < size.height
          if (inside && !inFront.some((other) => holds(other.shape, x, y))) seen.push({ x, y })
        }
      }
      expect(seen.length / area).toBeGreaterThanOrEqual(0.25)
      const xs = seen.map(({ x }) => x)
      const ys = seen.map(({ y }) => y)
      const extent = {
        x1: Math.min(...xs),
        y1: Math.min(...ys),
        x2: Math.max(...xs) + 1,
        y2: Math.max(...ys) + 1,
      }
      expect(box).toEqual(extent)
    })
  }
})

test('a shape that would be mostly hidden is not placed', () => {
  const options = {
    ...SCENE_OPTIONS,
    size: { width: 24, height: 20 },
    emptyShare: 0,
    count: [8, 8],
  } as const
  const counts = Array.from({ length: 30 }, (_, i) => planShapes(createRandom(i), options).length)
  expect(counts.filter((count) => count < 8).length).toBeGreaterThan(15)
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
