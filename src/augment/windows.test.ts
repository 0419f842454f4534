import { assert, double, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Box } from '../box/box.ts'
import { boxIou } from '../box/iou.ts'
import { createRandom, type Random } from '../random/random.ts'
import { drawCrop } from './crop.ts'
import { drawExpand } from './expand.ts'
import { drawFlip } from './flip.ts'
import { drawJitter } from './jitter.ts'
import { type CropOptions, SSD_AUGMENTATION } from './options.ts'
import { holdsCentre } from './window.ts'

const whole = { x1: 0, y1: 0, x2: 200, y2: 100 }
const object = { x1: 30, y1: 40, x2: 60, y2: 70 }
const seeds = integer({ min: 0, max: 1e6 })
const boxes = record({
  x1: double({ min: 0, max: 190, noNaN: true }),
  y1: double({ min: 0, max: 90, noNaN: true }),
  w: double({ min: 1, max: 100, noNaN: true }),
  h: double({ min: 1, max: 60, noNaN: true }),
}).map(({ x1, y1, w, h }) => ({ x1, y1, x2: Math.min(200, x1 + w), y2: Math.min(100, y1 + h) }))

const contains = (outer: Box, inner: Box) =>
  outer.x1 <= inner.x1 + 1e-9 &&
  outer.y1 <= inner.y1 + 1e-9 &&
  outer.x2 >= inner.x2 - 1e-9 &&
  outer.y2 >= inner.y2 - 1e-9

const widthOf = (box: Box) => box.x2 - box.x1
const heightOf = (box: Box) => box.y2 - box.y1

/** A source of chance that always gives the same number. */
const fixed = (value: number): Random => ({
  ...createRandom(0),
  uniform: () => value,
  between: (a, b) => a + (b - a) * value,
  chance: () => true,
  integer: (n) => Math.floor(n * value),
  pick: (list) => list[Math.floor(list.length * value)]!,
})

describe('expand', () => {
  test('at the middle of its range puts a 200x100 picture in the middle of 500x250', () => {
    const window = drawExpand(whole, fixed(0.5), SSD_AUGMENTATION.expand)
    expect(window).toEqual({ x1: -150, y1: -75, x2: 350, y2: 175 })
  })

  test('always contains the picture, at most 4 times as wide, with the same aspect ratio', () => {
    assert(
      property(seeds, (seed) => {
        const window = drawExpand(whole, createRandom(seed), SSD_AUGMENTATION.expand)
        expect(contains(window, whole)).toBe(true)
        expect(widthOf(window)).toBeLessThanOrEqual(800)
        expect(widthOf(window) / heightOf(window)).toBeCloseTo(2, 9)
      }),
    )
    expect.hasAssertions()
  })
})

describe('crop', () => {
  const only = (choice: CropOptions['choices'][number]): CropOptions => ({
    ...SSD_AUGMENTATION.crop,
    choices: [choice],
  })

  test('lies in the window, keeps an object, and has the sides and aspect ratio it may have', () => {
    assert(
      property(seeds, boxes, (seed, box) => {
        const crop = drawCrop(whole, [box], createRandom(seed), SSD_AUGMENTATION.crop)
        expect(contains(whole, crop)).toBe(true)
        expect(holdsCentre(crop, box)).toBe(true)
        const relative = widthOf(crop) / 200 / (heightOf(crop) / 100)
        expect(relative).toBeGreaterThanOrEqual(0.5 - 1e-9)
        expect(relative).toBeLessThanOrEqual(2 + 1e-9)
        expect(widthOf(crop) * heightOf(crop)).toBeGreaterThanOrEqual(0.09 * 20_000 - 1e-6)
      }),
    )
    expect.hasAssertions()
  })

  test('at the middle of its ranges has scale .65 and aspect ratio 1.25, and lies in the middle', () => {
    const crop = drawCrop(whole, [], fixed(0.5), only('free'))
    expect(widthOf(crop)).toBeCloseTo(200 * 0.65 * Math.sqrt(1.25), 9)
    expect(heightOf(crop)).toBeCloseTo((100 * 0.65) / Math.sqrt(1.25), 9)
    expect((crop.x1 + crop.x2) / 2).toBeCloseTo(100, 9)
    expect((crop.y1 + crop.y2) / 2).toBeCloseTo(50, 9)
  })

  test('meets the IoU that was drawn, or is the whole', () => {
    const large = { x1: 20, y1: 10, x2: 150, y2: 95 }
    let crops = 0
    for (let seed = 0; seed < 200; seed++) {
      const crop = drawCrop(whole, [large], createRandom(seed), only(0.7))
      if (crop === whole) continue
      crops++
      expect(boxIou(crop, large)).toBeGreaterThanOrEqual(0.7)
    }
    expect(crops).toBeGreaterThan(100)
  })

  test('gives up after its trials and leaves the picture whole', () => {
    const tiny = { x1: 5, y1: 5, x2: 7, y2: 7 } // IoU .9 with a crop of 30 % of the sides is impossible
    expect(drawCrop(whole, [tiny], createRandom(1), only(0.9))).toBe(whole)
  })

  test('of a picture without objects is the first one tried', () => {
    const crop = drawCrop(whole, [], createRandom(1), only(0.9))
    expect(widthOf(crop) * heightOf(crop)).toBeLessThan(20_000)
  })

  test('leaves the picture whole when that is the choice', () => {
    expect(drawCrop(whole, [object], createRandom(1), only('whole'))).toBe(whole)
  })
})

describe('jitter', () => {
  const jitter = { probability: 1, zoom: [0.5, 2] } as const

  test('lies in the picture or contains it, keeps an object and the aspect ratio', () => {
    assert(
      property(seeds, boxes, (seed, box) => {
        const window = drawJitter(whole, [box], createRandom(seed), jitter)
        expect(contains(whole, window) || contains(window, whole)).toBe(true)
        expect(holdsCentre(window, box)).toBe(true)
        expect(widthOf(window) / heightOf(window)).toBeCloseTo(2, 9)
      }),
    )
    expect.hasAssertions()
  })

  test('zooms in as often as out', () => {
    const drawn = Array.from({ length: 1000 }, (_, seed) =>
      drawJitter(whole, [], createRandom(seed), jitter),
    )
    const out = drawn.filter((window) => widthOf(window) > 200)
    expect(Math.abs(out.length - 500)).toBeLessThan(60)
  })
})

test('a flip mirrors half of the pictures, and top for bottom only if asked to', () => {
  const size = { width: 200, height: 100 }
  const drawn = Array.from({ length: 1000 }, (_, seed) =>
    drawFlip(size, createRandom(seed), SSD_AUGMENTATION.flip),
  )
  expect(Math.abs(drawn.filter(({ scaleX }) => scaleX < 0).length - 500)).toBeLessThan(60)
  expect(drawn.every(({ scaleY }) => scaleY === 1)).toBe(true)
  const upside = drawFlip(size, createRandom(1), { horizontal: 0, vertical: 1 })
  expect(upside).toEqual({ scaleX: 1, scaleY: -1, shiftX: 0, shiftY: 100 })
})
