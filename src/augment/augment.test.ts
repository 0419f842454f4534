import { array, assert, double, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { IDENTITY_COLOURS } from '../image/colour-matrix.ts'
import { createImage } from '../image/image.ts'
import { buildPyramid } from '../image/pyramid.ts'
import { sampleInto } from '../image/sample.ts'
import { invertTransform, transformBox } from '../image/transform.ts'
import { turnBox, turnHull } from '../image/turn.ts'
import { createRandom } from '../random/random.ts'
import { drawAugmentation } from './augment.ts'
import { NO_AUGMENTATION, SSD_AUGMENTATION } from './options.ts'

const size = { width: 200, height: 100 }
const inputSize = { width: 96, height: 120 }
const object = { box: { x1: 50, y1: 20, x2: 110, y2: 80 }, classId: 2, difficult: true }
const seeds = integer({ min: 0, max: 1e6 })
const objects = array(
  record({
    x1: double({ min: 0, max: 199, noNaN: true }),
    y1: double({ min: 0, max: 99, noNaN: true }),
    w: double({ min: 0.01, max: 100, noNaN: true }),
    h: double({ min: 0.01, max: 60, noNaN: true }),
  }).map(({ x1, y1, w, h }) => ({
    box: { x1, y1, x2: Math.min(200, x1 + w), y2: Math.min(100, y1 + h) },
    classId: 0,
    difficult: false,
  })),
  { maxLength: 6 },
)

test('a crowd moves with its picture, and what a crop leaves of it stays, wherever its centre is', () => {
  const crowd = { x1: 0, y1: 0, x2: 200, y2: 50 }
  const source = { size, objects: [object], crowds: [crowd] }
  const whole = drawAugmentation(source, inputSize, createRandom(1), NO_AUGMENTATION)
  expect(whole.crowds).toEqual([{ x1: 0, y1: 0, x2: 96, y2: 60 }])
  assert(
    property(seeds, (seed) => {
      const drawn = drawAugmentation(source, inputSize, createRandom(seed), SSD_AUGMENTATION)
      const { x1, y1, x2, y2 } = transformBox(crowd, invertTransform(drawn.map))
      const seen =
        Math.min(x2, 96) - Math.max(x1, 0) >= 1 && Math.min(y2, 120) - Math.max(y1, 0) >= 1
      expect(drawn.crowds).toHaveLength(seen ? 1 : 0)
      const plain = drawAugmentation(
        { size, objects: [object] },
        inputSize,
        createRandom(seed),
        SSD_AUGMENTATION,
      )
      expect({ ...drawn, crowds: undefined }).toEqual({ ...plain, crowds: undefined })
    }),
  )
})

test('without augmentation a box is stretched with its picture, and keeps its class and flag', () => {
  const drawn = drawAugmentation(
    { size, objects: [object] },
    inputSize,
    createRandom(1),
    NO_AUGMENTATION,
  )
  expect(drawn.objects).toEqual([
    { box: { x1: 24, y1: 24, x2: expect.closeTo(52.8), y2: 96 }, classId: 2, difficult: true },
  ])
  expect(drawn.colour).toEqual(IDENTITY_COLOURS)
  expect(drawn.map.scaleX).toBeCloseTo(200 / 96)
  expect(drawn.map.scaleY).toBeCloseTo(100 / 120)
})

test('boxes are always finite, inside the input, at least a pixel long, and from their objects', () => {
  const jittered = {
    ...SSD_AUGMENTATION,
    jitter: { probability: 0.5, zoom: [0.3, 3] },
    turn: { probability: 0.5, degrees: 45 },
  } as const
  assert(
    property(seeds, objects, (seed, all) => {
      const drawn = drawAugmentation(
        { size, objects: all },
        inputSize,
        createRandom(seed),
        jittered,
      )
      expect(drawn.objects.length).toBeLessThanOrEqual(all.length)
      for (const { box } of drawn.objects) {
        expect(box.x1).toBeGreaterThanOrEqual(0)
        expect(box.y1).toBeGreaterThanOrEqual(0)
        expect(box.x2).toBeLessThanOrEqual(96)
        expect(box.y2).toBeLessThanOrEqual(120)
        expect(box.x2 - box.x1).toBeGreaterThanOrEqual(1)
        expect(box.y2 - box.y1).toBeGreaterThanOrEqual(1)
      }
    }),
  )
  expect.hasAssertions()
})

test('an object whose centre is cut off is gone, one that is cut at the edge is clipped', () => {
  const grid = Array.from({ length: 40 }, (_, i) => {
    const [x1, y1] = [(i % 8) * 25, Math.floor(i / 8) * 20]
    return { box: { x1, y1, x2: x1 + 25, y2: y1 + 20 }, classId: i, difficult: false }
  })
  let gone = 0
  for (let seed = 0; seed < 100; seed++) {
    const drawn = drawAugmentation({ size, objects: grid }, inputSize, createRandom(seed))
    const toInput = invertTransform(drawn.map)
    const expected = grid
      .map((one) => ({ ...one, box: transformBox(one.box, toInput) }))
      .filter(({ box }) => {
        const [x, y] = [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2]
        return x > 0 && y > 0 && x < 96 && y < 120
      })
    gone += grid.length - expected.length
    expect(drawn.objects.map(({ classId }) => classId)).toEqual(
      expected.map(({ classId }) => classId),
    )
    drawn.objects.forEach(({ box }, i) => {
      expect(box.x1).toBeCloseTo(Math.max(0, expected[i]!.box.x1), 9)
      expect(box.y2).toBeCloseTo(Math.min(120, expected[i]!.box.y2), 9)
    })
  }
  expect(gone).toBeGreaterThan(300)
})

test('a turned picture says so, its labels and crowds turn with it, and no other number changes', () => {
  const source = { size, objects: [object], crowds: [{ x1: 60, y1: 30, x2: 100, y2: 60 }] }
  const turned = { ...NO_AUGMENTATION, turn: { probability: 1, degrees: 30 } }
  const drawn = drawAugmentation(source, inputSize, createRandom(3), turned)
  const { angle, ...middle } = drawn.turn!
  expect(middle).toEqual({ x: 100, y: 50 })
  expect(Math.abs(angle)).toBeLessThanOrEqual(Math.PI / 6)
  const toInput = invertTransform(drawn.map)
  expect(drawn.objects[0]!.box).toEqual(transformBox(turnBox(object.box, drawn.turn!), toInput))
  expect(drawn.crowds).toEqual([transformBox(turnHull(source.crowds[0]!, drawn.turn!), toInput)])
  const still = { ...turned, turn: { probability: 0, degrees: 30 } }
  expect(drawAugmentation(source, inputSize, createRandom(3), still)).toEqual(
    drawAugmentation(source, inputSize, createRandom(3), NO_AUGMENTATION),
  )
})

test('a picture without objects is varied too', () => {
  const drawn = Array.from({ length: 20 }, (_, seed) =>
    drawAugmentation({ size, objects: [] }, inputSize, createRandom(seed)),
  )
  expect(drawn.every((one) => one.objects.length === 0)).toBe(true)
  expect(new Set(drawn.map(({ map }) => map.scaleX)).size).toBeGreaterThan(10)
})

test('an object too small to be seen is dropped', () => {
  const speck = { ...object, box: { x1: 50, y1: 20, x2: 51, y2: 80 } } // 0.48 input pixels wide
  const drawn = drawAugmentation(
    { size, objects: [speck] },
    inputSize,
    createRandom(1),
    NO_AUGMENTATION,
  )
  expect(drawn.objects).toEqual([])
})

test('the same seed draws the same variation, another seed another one', () => {
  const draw = (seed: number) =>
    drawAugmentation({ size, objects: [object] }, inputSize, createRandom(seed))
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

test('pixels and boxes move together: a white block is where its box is, in every variation', () => {
  const image = createImage(size)
  const { x1, y1, x2, y2 } = object.box
  for (let y = y1; y < y2; y++) image.data.fill(255, (y * 200 + x1) * 3, (y * 200 + x2) * 3)
  const pyramid = buildPyramid(image, 3)
  const plane = 96 * 120
  const output = new Float32Array(3 * plane)
  for (let seed = 0; seed < 60; seed++) {
    const { map, objects } = drawAugmentation(
      { size, objects: [object] },
      inputSize,
      createRandom(seed),
    )
    sampleInto(pyramid, { map, colour: IDENTITY_COLOURS, fill: [0, 0, 0] }, output, 0, inputSize)
    const white = output.subarray(0, plane).reduce((sum, value) => sum + value / 255, 0)
    const { box } = objects[0]!
    const area = (box.x2 - box.x1) * (box.y2 - box.y1)
    // Equal but for the soft edges: half a pixel along the outline.
    const outline = 2 * (box.x2 - box.x1 + box.y2 - box.y1)
    expect(Math.abs(white - area)).toBeLessThan(outline / 2)
  }
})

test('the defaults are those of the SSD paper and its training script', () => {
  expect(SSD_AUGMENTATION).toMatchObject({
    colour: {
      probability: 0.5,
      brightness: 32,
      contrast: [0.5, 1.5],
      saturation: [0.5, 1.5],
      hue: 18,
    },
    expand: { probability: 0.5, ratio: [1, 4] },
    crop: { scale: [0.3, 1], aspectRatio: [0.5, 2], trials: 50 },
    flip: { horizontal: 0.5, vertical: 0 },
  })
})
