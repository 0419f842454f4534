import { expect, test } from 'vitest'
import { COCO_IOU_THRESHOLDS, evaluateCoco } from './coco.ts'

const classes = ['cat', 'dog']
/** 40 wide and 20 high: area 800, small; moved by d its IoU is (40 - d) / (40 + d). */
const boxAt = (x: number) => ({ x1: x, y1: 0, x2: x + 40, y2: 20 })

test('the ten IoU thresholds are those of COCO', () => {
  expect(COCO_IOU_THRESHOLDS.map((t) => t.toFixed(2)).join(' ')).toBe(
    '0.50 0.55 0.60 0.65 0.70 0.75 0.80 0.85 0.90 0.95',
  )
})

test('AP counts at how many of the IoU thresholds the box still hits', () => {
  // moved by 5: 35 / 45 = .78, a hit at .50 to .75, six of ten
  const images = [
    {
      groundTruth: [{ box: boxAt(0), classId: 0 }],
      detections: [{ box: boxAt(5), classId: 0, score: 0.9 }],
    },
  ]
  const result = evaluateCoco(images, classes)
  expect(result.AP).toBeCloseTo(0.6, 12)
  expect(result).toMatchObject({
    AP50: 1,
    AP75: 1,
    APmedium: null,
    APlarge: null,
    AR1: result.AR100,
  })
  expect(result.APsmall).toBeCloseTo(0.6, 12)
  expect(result.classes.map(({ AP }) => AP === null)).toEqual([false, true]) // no dog anywhere
})

test('AR grows with the number of detections that are allowed', () => {
  const starts = [0, 100, 200, 300]
  const groundTruth = starts.map((x) => ({ box: boxAt(x), classId: 1 }))
  const detections = starts.map((x, d) => ({ box: boxAt(x), classId: 1, score: 1 - d / 10 }))
  const result = evaluateCoco([{ groundTruth, detections }], classes)
  expect(result).toMatchObject({ AR1: 0.25, AR10: 1, AP: 1 })
})

test('more than a hundred detections of a class in an image are cut off', () => {
  const wrong = Array.from({ length: 100 }, () => ({ box: boxAt(500), classId: 0, score: 0.9 }))
  const groundTruth = [{ box: boxAt(0), classId: 0 }]
  const detections = [...wrong, { box: boxAt(0), classId: 0, score: 0.1 }]
  expect(evaluateCoco([{ groundTruth, detections }], classes).AP).toBe(0)
})

test('a set without objects has null for every number', () => {
  expect(evaluateCoco([], classes)).toMatchObject({ AP: null, AR100: null, APlarge: null })
})
