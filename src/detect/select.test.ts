import { expect, test } from 'vitest'
import { generateAnchors } from '../anchor/anchors.ts'
import { selectDetections, selectFromProbabilities } from './select.ts'

/** Two anchors of 20 x 20, at (0, 0) and (20, 0), on an input of 40 x 20. */
const anchors = generateAnchors([
  { gridWidth: 2, gridHeight: 1, strideX: 20, strideY: 20, shapes: [{ width: 20, height: 20 }] },
])
const options = {
  classes: ['cat', 'dog'],
  inputSize: { width: 40, height: 20 },
  imageSize: { width: 400, height: 100 },
}
const still = new Float32Array(8)

test('boxes come out in pixels of the original image, with class and score', () => {
  // second anchor (20, 0, 40, 20), x * 400 / 40, y * 100 / 20; softmax(0, 0, log 2): 1 / 4, 1 / 4, 1 / 2
  const logits = Float32Array.of(50, 0, 0, 0, 0, Math.log(2))
  const [best] = selectDetections(logits, still, anchors, options)
  expect(best).toMatchObject({
    box: { x1: 200, y1: 0, x2: 400, y2: 100 },
    classId: 1,
    className: 'dog',
  })
  expect(best!.score).toBeCloseTo(0.5, 6)
})

test('background is never an answer', () => {
  const logits = Float32Array.of(50, 0, 0, 50, 0, 0)
  expect(selectDetections(logits, still, anchors, options)).toEqual([])
})

test('offsets are decoded and the box is clipped to the input', () => {
  // dx = 5: 5 * .1 * 20 = 10 pixels right, to (10, 0, 30, 20); dy = -5: 10 up, clipped to a height of 10
  const offsets = Float32Array.of(5, -5, 0, 0, 0, 0, 0, 0)
  const probabilities = Float32Array.of(0, 0.75, 0, 1, 0, 0)
  const [only, ...others] = selectFromProbabilities(probabilities, offsets, anchors, options)
  expect(others).toEqual([])
  expect(only!.box.x1).toBeCloseTo(100, 4)
  expect(only!.box.x2).toBeCloseTo(300, 4)
  expect(only!.box).toMatchObject({ y1: 0, y2: 50 })
})

test('an anchor may be two classes, and overlapping boxes of one class are reduced to the best', () => {
  const onEachOther = Float32Array.of(10, 0, 0, 0, 0, 0, 0, 0) // moves the first onto the second
  const probabilities = Float32Array.of(0, 0.5, 0.25, 0, 0.75, 0.125)
  const found = selectFromProbabilities(probabilities, onEachOther, anchors, options)
  expect(found.map(({ className, score }) => [className, score])).toEqual([
    ['cat', 0.75],
    ['dog', 0.25],
  ])
})

test('the thresholds and limits each do their own work', () => {
  const probabilities = Float32Array.of(0, 0.5, 0.25, 0, 0.75, 0.125)
  const scores = (more: object) =>
    selectFromProbabilities(probabilities, still, anchors, { ...options, ...more }).map(
      ({ score }) => score,
    )
  expect(scores({})).toEqual([0.75, 0.5, 0.25, 0.125])
  expect(scores({ scoreThreshold: 0.25 })).toEqual([0.75, 0.5])
  expect(scores({ maxCandidates: 1 })).toEqual([0.75, 0.25])
  expect(scores({ maxDetections: 3 })).toEqual([0.75, 0.5, 0.25])
})

test('a box that leaves the picture, or is NaN, is no detection', () => {
  const offsets = Float32Array.of(-100, 0, 0, 0, Number.NaN, 0, 0, 0)
  const probabilities = Float32Array.of(0, 1, 0, 0, 1, 0)
  expect(selectFromProbabilities(probabilities, offsets, anchors, options)).toEqual([])
})

test('arrays that do not fit the anchors and classes are refused', () => {
  expect(() => selectDetections(new Float32Array(9), still, anchors, options)).toThrow(
    'selectDetections: expected 6 numbers, a row for each anchor, got 9',
  )
  expect(() =>
    selectDetections(new Float32Array(6), new Float32Array(4), anchors, options),
  ).toThrow('selectDetections: expected 8 numbers, a row for each anchor, got 4')
})
