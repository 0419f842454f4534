import { assert, double, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { type ColourMatrix, IDENTITY_COLOURS } from './colour-matrix.ts'
import { createImage } from './image.ts'
import { buildPyramid } from './pyramid.ts'
import { sampleInto } from './sample.ts'
import { sampleTurnedInto } from './sample-turned.ts'
import { IDENTITY, invertTransform, windowTransform } from './transform.ts'
import { lookThroughTurn, turnBox } from './turn.ts'

const size = { width: 96, height: 60 }
const colour: ColourMatrix = [
  [0.5, 0.25, 0, 3],
  [0, 1, 0, -20],
  [0.1, 0, 0.8, 0],
]
const fill = [10, 200, 30] as const

const image = createImage({ width: 150, height: 90 })
image.data.forEach((_, i) => {
  image.data[i] = (i * 7919) % 251
})
const pyramid = buildPyramid(image, 4)

test('a turn by nothing draws what the straight sampler draws, at every zoom', () => {
  const straight = new Float32Array(3 * 96 * 60 + 5)
  const turned = new Float32Array(3 * 96 * 60 + 5)
  const corner = integer({ min: -60, max: 60 })
  assert(
    property(corner, corner, double({ min: 0.4, max: 8, noNaN: true }), (x1, y1, zoom) => {
      const window = { x1, y1, x2: x1 + 96 * zoom, y2: y1 + 60 * zoom }
      const map = invertTransform(windowTransform(window, size))
      sampleInto(pyramid, { map, colour, fill }, straight, 5, size)
      const affine = lookThroughTurn(map, { x: 70, y: 20, angle: 0 }, IDENTITY)
      sampleTurnedInto(pyramid, { map: affine, colour, fill }, turned, 5, size)
      // Where a pixel's centre falls exactly on the picture's edge, rounding may put it on either side.
      const far = turned.filter((value, i) => Math.abs(value - straight[i]!) > 0.01).length
      expect(far / turned.length).toBeLessThan(0.05)
    }),
  )
  expect.hasAssertions()
})

test('a white ellipse is found in the box that its label was turned to', () => {
  const dark = createImage({ width: 150, height: 90 })
  const label = { x1: 40, y1: 30, x2: 100, y2: 54 }
  for (let y = 0; y < 90; y++)
    for (let x = 0; x < 150; x++)
      if (((x + 0.5 - 70) / 30) ** 2 + ((y + 0.5 - 42) / 12) ** 2 <= 1)
        dark.data.fill(255, (y * 150 + x) * 3, (y * 150 + x) * 3 + 3)
  const whole = { width: 150, height: 90 }
  const output = new Float32Array(3 * 150 * 90)
  for (const degrees of [-40, -10, 5, 25, 45]) {
    const turn = { x: 75, y: 45, angle: (degrees * Math.PI) / 180 }
    const map = lookThroughTurn(IDENTITY, turn, IDENTITY)
    const options = { map, colour: IDENTITY_COLOURS, fill: [0, 0, 0] } as const
    sampleTurnedInto(buildPyramid(dark, 1), options, output, 0, whole)
    const white = { x1: 150, y1: 90, x2: 0, y2: 0 }
    output.subarray(0, 150 * 90).forEach((value, at) => {
      if (value < 128) return
      const [x, y] = [at % 150, Math.floor(at / 150)]
      white.x1 = Math.min(white.x1, x)
      white.y1 = Math.min(white.y1, y)
      white.x2 = Math.max(white.x2, x + 1)
      white.y2 = Math.max(white.y2, y + 1)
    })
    const expected = turnBox(label, turn)
    for (const key of ['x1', 'y1', 'x2', 'y2'] as const)
      expect(Math.abs(white[key] - expected[key])).toBeLessThan(1.5)
  }
})
