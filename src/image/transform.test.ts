import { assert, double, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import {
  composeTransforms,
  flipTransform,
  IDENTITY,
  invertTransform,
  resizeTransform,
  transformBox,
  windowTransform,
} from './transform.ts'

const box = { x1: 10, y1: 20, x2: 40, y2: 80 }
const scale = double({ min: 0.05, max: 20, noNaN: true }).map((s) => (s > 10 ? -(s - 9) : s))
const shift = double({ min: -1000, max: 1000, noNaN: true })
const transforms = record({ scaleX: scale, scaleY: scale, shiftX: shift, shiftY: shift })
const corner = double({ min: -500, max: 500, noNaN: true })
const boxes = record({ x1: corner, y1: corner, w: double({ min: 0, max: 500, noNaN: true }) }).map(
  ({ x1, y1, w }) => ({ x1, y1, x2: x1 + w, y2: y1 + 0.7 * w }),
)

function expectSameBox(a: typeof box, b: typeof box): void {
  for (const side of ['x1', 'y1', 'x2', 'y2'] as const) expect(a[side]).toBeCloseTo(b[side], 6)
}

test('resizing 200x100 to 300x300 stretches x by 1.5 and y by 3', () => {
  const map = resizeTransform({ width: 200, height: 100 }, { width: 300, height: 300 })
  expect(transformBox(box, map)).toEqual({ x1: 15, y1: 60, x2: 60, y2: 240 })
})

test('a horizontal flip in a 200x100 picture mirrors x, keeps y and keeps the edges in order', () => {
  const map = flipTransform({ width: 200, height: 100 }, { horizontal: true, vertical: false })
  expect(transformBox(box, map)).toEqual({ x1: 160, y1: 20, x2: 190, y2: 80 })
})

test('a vertical flip in a 200x100 picture mirrors y and keeps x', () => {
  const map = flipTransform({ width: 200, height: 100 }, { horizontal: false, vertical: true })
  expect(transformBox(box, map)).toEqual({ x1: 10, y1: 20, x2: 40, y2: 80 })
  expect(transformBox({ ...box, y2: 50 }, map)).toEqual({ x1: 10, y1: 50, x2: 40, y2: 80 })
})

test('a window lands on the whole new picture', () => {
  const size = { width: 320, height: 240 }
  const whole = { x1: 0, y1: 0, x2: 320, y2: 240 }
  expectSameBox(transformBox(box, windowTransform(box, size)), whole)
})

test('a map and its inverse leave a box where it was', () => {
  assert(
    property(boxes, transforms, (b, map) => {
      expectSameBox(transformBox(transformBox(b, map), invertTransform(map)), b)
    }),
  )
  expect.hasAssertions()
})

test('a composed map does what its two parts do in turn', () => {
  assert(
    property(boxes, transforms, transforms, (b, first, second) => {
      const inTurn = transformBox(transformBox(b, first), second)
      expectSameBox(transformBox(b, composeTransforms(first, second)), inTurn)
    }),
  )
  expect.hasAssertions()
})

test('the identity moves nothing', () => {
  expect(transformBox(box, IDENTITY)).toEqual(box)
})
