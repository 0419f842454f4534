import { expect, test } from 'vitest'
import { type ColourMatrix, IDENTITY_COLOURS } from './colour-matrix.ts'
import { createImage, type Image, type Rgb } from './image.ts'
import { buildPyramid } from './pyramid.ts'
import { resizeImage } from './resize.ts'
import { sampleInto } from './sample.ts'
import {
  composeTransforms,
  flipTransform,
  IDENTITY,
  invertTransform,
  resizeTransform,
  type Transform,
  transformBox,
  windowTransform,
} from './transform.ts'

/** A 4x2 picture whose red counts 0..7, green is ten times that, and blue 255. */
const small: Image = {
  width: 4,
  height: 2,
  data: Uint8Array.from(Array.from({ length: 8 }, (_, i) => [i, 10 * i, 255]).flat()),
}

interface Draw {
  readonly size?: { readonly width: number; readonly height: number }
  readonly colour?: ColourMatrix
  readonly fill?: Rgb
}

/** The red plane that is drawn, as rows. */
function drawRed(image: Image, map: Transform, options: Draw = {}): number[][] {
  const { size = image, colour = IDENTITY_COLOURS, fill = [99, 99, 99] } = options
  const output = new Float32Array(3 * size.width * size.height)
  sampleInto(buildPyramid(image, 4), { map, colour, fill }, output, 0, size)
  return Array.from({ length: size.height }, (_, y) => [
    ...output.subarray(y * size.width, (y + 1) * size.width),
  ])
}

test('the identity copies the picture into planes, from the offset on', () => {
  const output = new Float32Array(30).fill(-1)
  const options = { map: IDENTITY, colour: IDENTITY_COLOURS, fill: [0, 0, 0] } as const
  sampleInto(buildPyramid(small, 1), options, output, 3, small)
  const red = [0, 1, 2, 3, 4, 5, 6, 7]
  const green = red.map((v) => v * 10)
  const blue = red.map(() => 255)
  expect([...output]).toEqual([-1, -1, -1, ...red, ...green, ...blue, -1, -1, -1])
})

test('a horizontal flip reads each row backwards, a vertical one the rows', () => {
  const horizontal = flipTransform(small, { horizontal: true, vertical: false })
  expect(drawRed(small, horizontal)).toEqual([
    [3, 2, 1, 0],
    [7, 6, 5, 4],
  ])
  const vertical = flipTransform(small, { horizontal: false, vertical: true })
  expect(drawRed(small, vertical)).toEqual([
    [4, 5, 6, 7],
    [0, 1, 2, 3],
  ])
})

test('half a pixel to the right mixes neighbours equally, and outside there is the fill', () => {
  const map = { ...IDENTITY, shiftX: 0.5 }
  // The last centre lies at 4.0, which is no longer inside 0 <= u < 4.
  expect(drawRed(small, map)).toEqual([
    [0.5, 1.5, 2.5, 99],
    [4.5, 5.5, 6.5, 99],
  ])
})

test('zooming out leaves the fill on every side', () => {
  const map = invertTransform(
    windowTransform({ x1: -4, y1: -2, x2: 8, y2: 4 }, { width: 12, height: 6 }),
  )
  const rows = drawRed(small, map, { size: { width: 12, height: 6 } })
  expect(rows[1]).toEqual(Array(12).fill(99))
  expect(rows[2]).toEqual([99, 99, 99, 99, 0, 1, 2, 3, 99, 99, 99, 99])
  expect(rows[3]).toEqual([99, 99, 99, 99, 4, 5, 6, 7, 99, 99, 99, 99])
  expect(rows[4]).toEqual(Array(12).fill(99))
})

test('a map that misses the picture gives only the fill', () => {
  expect(drawRed(small, { ...IDENTITY, shiftX: 100 })).toEqual([
    Array(4).fill(99),
    Array(4).fill(99),
  ])
  expect(drawRed(small, { ...IDENTITY, shiftY: -50 })).toEqual([
    Array(4).fill(99),
    Array(4).fill(99),
  ])
})

test('the colour matrix is applied to the picture and to the fill', () => {
  const colour: ColourMatrix = [
    [0, 1, 0, 1], // red becomes green plus 1
    [0, 0, 1, 0],
    [1, 0, 0, 0],
  ]
  const rows = drawRed(small, { ...IDENTITY, shiftX: 1 }, { colour, fill: [0, 50, 0] })
  expect(rows[0]).toEqual([11, 21, 31, 51])
})

/** A smooth 120x80 picture. */
function smoothImage(): Image {
  const image = createImage({ width: 120, height: 80 })
  for (let i = 0; i < image.data.length; i++) {
    const pixel = Math.floor(i / 3)
    const x = pixel % 120
    const y = Math.floor(pixel / 120)
    image.data[i] = 128 + 60 * Math.sin(x / 13 + (i % 3)) + 60 * Math.cos(y / 11)
  }
  return image
}

test.each([
  { width: 120, height: 80 },
  { width: 60, height: 40 },
  { width: 50, height: 30 },
  { width: 29, height: 21 },
  { width: 200, height: 90 },
])('the whole picture at $width x $height is what resizeImage makes of it', (size) => {
  const image = smoothImage()
  const rows = drawRed(image, invertTransform(resizeTransform(image, size)), { size })
  const expected = resizeImage(image, size)
  let worst = 0
  rows.flat().forEach((value, i) => {
    worst = Math.max(worst, Math.abs(value - expected.data[i * 3]!))
  })
  expect(worst).toBeLessThan(6) // of 255; where the filters differ most, at the edges
})

/** A pixel is bright if its centre is inside, so a whole edge is at most half a pixel off. */
function expectNear(edge: number, exact: number): void {
  expect(Math.abs(edge - exact)).toBeLessThanOrEqual(0.5)
}

test('pixels and boxes move together: a bright block lands where its box lands', () => {
  const block = { x1: 40, y1: 24, x2: 64, y2: 40 }
  const image = createImage({ width: 120, height: 80 })
  for (let y = block.y1; y < block.y2; y++)
    image.data.fill(255, (y * 120 + block.x1) * 3, (y * 120 + block.x2) * 3)
  const size = { width: 96, height: 112 }
  const flip = flipTransform(size, { horizontal: true, vertical: false })
  const window = { x1: 20, y1: -10, x2: 100, y2: 60 }
  const toOutput = composeTransforms(windowTransform(window, size), flip)
  const rows = drawRed(image, invertTransform(toOutput), { size })
  const box = transformBox(block, toOutput)
  const columns = rows[67]!.map((value, x) => (value > 127 ? x : -1)).filter((x) => x >= 0)
  expectNear(columns[0]!, box.x1)
  expectNear(columns.at(-1)! + 1, box.x2)
  const bright = rows.flatMap((row, y) => (row[58]! > 127 ? [y] : []))
  expectNear(bright[0]!, box.y1)
  expectNear(bright.at(-1)! + 1, box.y2)
})
