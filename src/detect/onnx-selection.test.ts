import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Anchors } from '../anchor/anchors.ts'
import { toCentreSizes } from '../box/convert.ts'
import type { DetectConfig } from '../config/detect.ts'
import { createEngine } from '../engine/node.ts'
import { toOnnx } from '../graph/onnx.ts'
import { input } from '../graph/tensor.ts'
import { selectionTail } from './onnx-selection.ts'
import { selectFromProbabilities } from './select.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

const detect: DetectConfig = {
  scoreThreshold: 0.25,
  nmsIouThreshold: 0.5,
  maxCandidates: 400,
  maxDetections: 200,
}
const side = 16

/** The tail alone, fed with boxes [A, 4] and scores [C, A]. */
async function selection(anchors: number, classes: number, more: Partial<DetectConfig> = {}) {
  const tail = selectionTail({ ...detect, ...more }, { anchors, classes })
  const boxes = input('all_boxes', [anchors, 4])
  const scores = input('all_scores', [classes, anchors])
  const program = await engine.compile({ bytes: toOnnx({ boxes, scores }, { tail }) })
  return async (corners: readonly number[], all: readonly number[]) => {
    const { outputs, integers } = await program.run({
      all_boxes: { data: Float32Array.from(corners), shape: [anchors, 4] },
      all_scores: { data: Float32Array.from(all), shape: [classes, anchors] },
    })
    return [...outputs.scores!].map((score, i) => ({
      box: [...outputs.boxes!.subarray(4 * i, 4 * i + 4)],
      classId: integers.labels![i]!,
      score,
    }))
  }
}

const LEFT = [0, 0, 8, 8]
const NEXT_TO_LEFT = [1, 0, 9, 8] // shares 7 of 9 columns with it: IoU .78
const RIGHT = [8, 0, 16, 8]
const three = [...LEFT, ...NEXT_TO_LEFT, ...RIGHT]

test('of overlapping boxes of one class the best stays, and other classes do not mind', async () => {
  const select = await selection(3, 2)
  expect(await select(three, [0.5, 0.75, 0.375, 0, 0, 0])).toEqual([
    { box: NEXT_TO_LEFT, classId: 0, score: 0.75 },
    { box: RIGHT, classId: 0, score: 0.375 },
  ])
  expect(await select(three, [0.5, 0, 0, 0, 0.75, 0])).toEqual([
    { box: NEXT_TO_LEFT, classId: 1, score: 0.75 },
    { box: LEFT, classId: 0, score: 0.5 },
  ])
})

test('equal scores come out by lower class, then by lower anchor', async () => {
  const select = await selection(3, 2)
  const found = await select(three, [0.5, 0, 0.5, 0.5, 0, 0.5])
  expect(found.map(({ box, classId }) => [classId, ...box])).toEqual([
    [0, ...LEFT],
    [0, ...RIGHT],
    [1, ...LEFT],
    [1, ...RIGHT],
  ])
})

test('a score of exactly the threshold is not enough; nothing found is no error', async () => {
  const select = await selection(3, 2)
  expect(await select(three, [0.25, 0.25, 0.25, 0, 0, 0])).toEqual([])
})

test('the limits each do their own work', async () => {
  const scores = [0.75, 0.5, 0.375, 0.875, 0, 0.625]
  const found = async (more: Partial<DetectConfig>) =>
    (await (await selection(3, 2, more))(three, scores)).map(({ score }) => score)
  expect(await found({})).toEqual([0.875, 0.75, 0.625, 0.375])
  // The second best of class 0 enters NMS and is lost there: class 0 keeps one of its two candidates.
  expect(await found({ maxCandidates: 2 })).toEqual([0.875, 0.75, 0.625])
  expect(await found({ maxDetections: 2 })).toEqual([0.875, 0.75])
})

test('whatever the boxes and scores, the detections are those of select.ts, in its order', async () => {
  const anchors = 10
  const classes = ['a', 'b', 'c']
  const limits = { maxCandidates: 6, maxDetections: 8 }
  const select = await selection(anchors, classes.length, limits)
  const from = fc.integer({ min: 0, max: side - 4 })
  const length = fc.integer({ min: 1, max: 4 })
  const box = fc.tuple(from, from, length, length).map(([x, y, w, h]) => [x, y, x + w, y + h])
  const eighth = fc.integer({ min: 0, max: 8 }).map((n) => n / 8)
  const many = { minLength: anchors, maxLength: anchors }
  const scoresOf = fc.array(fc.array(eighth, many), { minLength: 3, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(fc.array(box, many), scoresOf, async (boxes, scores) => {
      const found = await select(boxes.flat(), scores.flat())
      expect(found).toEqual(selected(boxes, scores, classes, { ...detect, ...limits }))
    }),
    { numRuns: 200 },
  )
})

/** What select.ts makes of the same: the boxes are the anchors, not moved. */
function selected(
  boxes: readonly number[][],
  scores: readonly number[][],
  classes: readonly string[],
  config: DetectConfig,
) {
  const corners = Float32Array.from(boxes.flat())
  const anchors: Anchors = {
    count: boxes.length,
    corners,
    centreSizes: toCentreSizes(corners),
    cellSizes: new Float32Array(2 * boxes.length),
  }
  const rows = boxes.flatMap((_, anchor) => [0, ...scores.map((ofClass) => ofClass[anchor]!)])
  const size = { width: side, height: side }
  const options = { ...config, classes, inputSize: size, imageSize: size }
  const offsets = new Float32Array(corners.length)
  return selectFromProbabilities(Float32Array.from(rows), offsets, anchors, options).map(
    ({ box: { x1, y1, x2, y2 }, classId, score }) => ({ box: [x1, y1, x2, y2], classId, score }),
  )
}
