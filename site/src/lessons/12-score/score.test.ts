import { averagePrecision, type EvaluatedImage, evaluateVoc, SHAPE_CLASSES } from 'singleshot/core'
import { describe, expect, it } from 'vitest'
import { evaluatedImages } from './evaluated.ts'
import { curveOf, elevenPoints, judgeList, stairsOf, withDoubles, wordsOf } from './judged-list.ts'
import { makeUpDetections } from './made-up.ts'
import { testPicture } from './test-pictures.ts'

const box = (x1: number, x2 = x1 + 10) => ({ x1, y1: 0, x2, y2: 10 })
const object = (x1: number) => ({ box: box(x1), classId: 0, difficult: false })

/** Four objects; right, wrong (nothing there), right, a double, right but only half over it. */
const images: EvaluatedImage[] = [
  {
    groundTruth: [object(0), object(100)],
    detections: [
      { box: box(0), classId: 0, score: 0.9 },
      { box: box(200), classId: 0, score: 0.8 },
      { box: box(1), classId: 0, score: 0.6 },
    ],
  },
  {
    groundTruth: [object(0), object(50)],
    detections: [
      { box: box(0), classId: 0, score: 0.7 },
      { box: box(50, 56), classId: 0, score: 0.5 },
    ],
  },
]

describe('a list of five', () => {
  const { rows, objectCount, everyPoint, elevenPoint } = judgeList(images, 0, 0.5)

  it('says of each line what it is', () => {
    expect(rows.map((row) => wordsOf(row, 0.5))).toEqual([
      'correct',
      'wrong: touches no such object',
      'correct',
      'wrong: a duplicate',
      'correct',
    ])
    expect(objectCount).toBe(4)
  })

  it('counts precision and recall down to each line', () => {
    const fractions = [
      [1, 1 / 4],
      [1 / 2, 1 / 4],
      [2 / 3, 2 / 4],
      [2 / 4, 2 / 4],
      [3 / 5, 3 / 4],
    ]
    expect(rows.map(({ precision, recall }) => [precision, recall])).toEqual(fractions)
    expect(curveOf(rows, 2)).toEqual([
      [1 / 4, 1],
      [1 / 4, 1 / 2],
    ])
  })

  it('has the area 1/4 · 1 + 1/4 · 2/3 + 1/4 · 3/5', () => {
    expect(everyPoint).toBeCloseTo(1 / 4 + 1 / 6 + 3 / 20, 12)
  })

  it('by eleven points: 3 at 1, 3 at 2/3, 2 at 3/5, 3 at 0', () => {
    expect(elevenPoint).toBeCloseTo((3 + 3 * (2 / 3) + 2 * (3 / 5)) / 11, 12)
    const mean = elevenPoints(rows).reduce((sum, [, p]) => sum + p, 0) / 11
    expect(mean).toBeCloseTo(elevenPoint, 12)
  })

  it('draws stairs with that area, which never rise', () => {
    const stairs = stairsOf(rows)
    const area = stairs.reduce((sum, [x, y], i) => sum + y * (x - (stairs[i - 1]?.[0] ?? 0)), 0)
    expect(area).toBeCloseTo(everyPoint, 12)
    expect(stairs.every(([, y], i) => i === 0 || y <= stairs[i - 1]![1])).toBe(true)
  })

  it('with a stricter judge the half box is wrong', () => {
    const strict = judgeList(images, 0, 0.75).rows.at(-1)!
    expect(wordsOf(strict, 0.75)).toBe('wrong: IoU only 0.60')
  })
})

it('finding everything twice finds no more, and costs', () => {
  const [once, twice] = [judgeList(images, 0, 0.5), judgeList(withDoubles(images), 0, 0.5)]
  expect(twice.rows).toHaveLength(10)
  expect(twice.rows.at(-1)!.right).toBe(once.rows.at(-1)!.right)
  expect(twice.everyPoint).toBeLessThan(once.everyPoint)
})

it('the answer to the question: ten of ten and ninety wrong ones after, or before', () => {
  const recall = (found: number[]) => found.map((count) => count / 10)
  const right = Array.from({ length: 10 }, (_, i) => i + 1)
  const after = { precision: right.map(() => 1), recall: recall(right) }
  const before = { precision: right.map((k) => k / (90 + k)), recall: recall(right) }
  expect(averagePrecision(after, 'every-point')).toBeCloseTo(1, 12)
  expect(averagePrecision(before, 'every-point')).toBeCloseTo(0.1, 12)
})

it('no detections make no curve and an AP of 0', () => {
  const { rows, everyPoint } = judgeList([{ groundTruth: [object(0)], detections: [] }], 0, 0.5)
  expect([rows, everyPoint, stairsOf(rows)]).toEqual([[], 0, [[0, 0]]])
})

it('made-up detections are neither perfect nor hopeless, and always the same', () => {
  const pictures = Array.from({ length: 6 }, (_, i) => testPicture(i))
  const found = makeUpDetections(pictures, SHAPE_CLASSES.length)
  expect(makeUpDetections(pictures, SHAPE_CLASSES.length)).toEqual(found)
  const evaluated = evaluatedImages(pictures, found, SHAPE_CLASSES)
  const { meanAveragePrecision } = evaluateVoc(evaluated, SHAPE_CLASSES)
  expect(meanAveragePrecision).toBeGreaterThan(0.3)
  expect(meanAveragePrecision).toBeLessThan(0.99)
})
