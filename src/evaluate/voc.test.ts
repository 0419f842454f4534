import { expect, test } from 'vitest'
import { evaluateVoc, meanOfKnown } from './voc.ts'

const classes = ['cat', 'dog', 'owl']
const box = { x1: 0, y1: 0, x2: 30, y2: 10 }
const elsewhere = { x1: 50, y1: 0, x2: 80, y2: 10 }

/** Two cats, one found after a wrong box; a dog found twice; no owl. One more dog is difficult. */
const images = [
  {
    groundTruth: [
      { box, classId: 0, difficult: false },
      { box, classId: 1, difficult: false },
      { box: elsewhere, classId: 1, difficult: true },
    ],
    detections: [
      { box: elsewhere, classId: 0, score: 0.9 },
      { box, classId: 0, score: 0.8 },
      { box, classId: 1, score: 0.7 },
      { box, classId: 1, score: 0.6 },
      { box: elsewhere, classId: 1, score: 0.5 },
      { box, classId: 2, score: 0.4 },
    ],
  },
  { groundTruth: [{ box, classId: 0, difficult: false }], detections: [] },
]

test('each class has its AP and its counts', () => {
  const { classes: results } = evaluateVoc(images, classes)
  expect(results[0]).toEqual({
    classId: 0,
    className: 'cat',
    averagePrecision: 0.25, // precision 1/2 up to recall 1/2
    objects: 2,
    truePositives: 1,
    falsePositives: 1,
    ignored: 0,
  })
  expect(results[1]).toMatchObject({
    averagePrecision: 1,
    objects: 1,
    falsePositives: 1,
    ignored: 1,
  })
})

test('mAP is the mean over the classes that have an object', () => {
  const { meanAveragePrecision, classes: results } = evaluateVoc(images, classes)
  expect(results[2]).toMatchObject({ averagePrecision: null, objects: 0, falsePositives: 1 })
  expect(meanAveragePrecision).toBe((0.25 + 1) / 2)
})

test('the protocol is named, with everything that changes the number', () => {
  expect(evaluateVoc(images, classes).protocol).toBe('VOC every-point AP at IoU .50')
  const options = { points: '11-point', iouThreshold: 0.3, pixelConvention: 'inclusive' } as const
  const devkit = evaluateVoc(images, classes, options)
  expect(devkit.protocol).toBe('VOC 11-point AP at IoU .30, inclusive pixels')
  expect(devkit.classes[0]!.averagePrecision).toBeCloseTo((6 * 0.5) / 11, 12) // recalls 0 to .5
})

test('a set without objects has no mAP rather than 0', () => {
  expect(evaluateVoc([], classes).meanAveragePrecision).toBeNull()
  expect(meanOfKnown([null, 0.5, null])).toBe(0.5)
})

test('a class id that is not in the list is refused', () => {
  expect(() => evaluateVoc(images, ['cat'])).toThrow('evaluate: expected a class id from 0 to 0')
})

test('a threshold out of range, a curve that is not known and a misspelt option are refused', () => {
  for (const iouThreshold of [Number.NaN, -0.1, 1.5, '0.5'])
    expect(() => evaluateVoc([], ['cat'], { iouThreshold } as object)).toThrow(
      'evaluateVoc: iouThreshold: expected a number from 0 to 1',
    )
  expect(() => evaluateVoc([], ['cat'], { points: '12-point' } as object)).toThrow(
    'evaluateVoc: points: expected one of 11-point, every-point, got "12-point"',
  )
  expect(() => evaluateVoc([], ['cat'], { threshold: 1 } as object)).toThrow('no such setting')
})
