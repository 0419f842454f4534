import { expect, test } from 'vitest'
import type { EvaluatedImage } from './images.ts'
import { type JudgeOptions, judgeClass } from './judge.ts'

type Shift = number

/** A 10 x 4 box that starts at x; two of them d apart have IoU (10 - d) / (10 + d). */
const boxAt = (x: Shift) => ({ x1: x, y1: 0, x2: x + 10, y2: 4 })
const object = (x: Shift, difficult = false) => ({ box: boxAt(x), classId: 0, difficult })
const found = (x: Shift, score: number, classId = 0) => ({ box: boxAt(x), classId, score })

function judge(images: EvaluatedImage[], options: Partial<JudgeOptions> = {}) {
  const { judgements, objectCount } = judgeClass(images, { classId: 0, ...options })
  return { verdicts: judgements.map(({ verdict }) => verdict), judgements, objectCount }
}

test('a hit is right, a miss and a hit on another image are wrong', () => {
  const images = [
    { groundTruth: [object(0)], detections: [found(1, 0.5), found(40, 0.9)] },
    { groundTruth: [], detections: [found(0, 0.7)] },
  ]
  const { verdicts, objectCount, judgements } = judge(images)
  expect(verdicts).toEqual(['false-positive', 'false-positive', 'true-positive']) // .9, .7, .5
  expect(objectCount).toBe(1)
  expect(judgements[2]).toMatchObject({ image: 0, detection: 0, object: 0, score: 0.5 })
  expect(judgements[2]!.iou).toBeCloseTo(9 / 11, 9)
  expect(judgements[1]).toMatchObject({ image: 1, object: -1, iou: 0 })
})

test('the second hit on an object is wrong, and the better score is the first', () => {
  const images = [{ groundTruth: [object(0)], detections: [found(0, 0.5), found(1, 0.9)] }]
  const { judgements } = judge(images)
  expect(judgements.map(({ detection, verdict }) => [detection, verdict])).toEqual([
    [1, 'true-positive'],
    [0, 'false-positive'],
  ])
})

test('a detection does not fall back on its second-best object', () => {
  // the second overlaps the taken object 0 by 9 / 11 and the free object 1 by 8 / 12
  const images = [
    { groundTruth: [object(0), object(3)], detections: [found(0, 0.9), found(1, 0.8)] },
  ]
  expect(judge(images).verdicts).toEqual(['true-positive', 'false-positive'])
})

test('a difficult object counts neither way, however often it is hit', () => {
  const images = [{ groundTruth: [object(0, true)], detections: [found(0, 0.9), found(0, 0.8)] }]
  const { verdicts, objectCount } = judge(images)
  expect(verdicts).toEqual(['ignored', 'ignored'])
  expect(objectCount).toBe(0)
})

test('other classes are not looked at', () => {
  const images = [{ groundTruth: [object(0)], detections: [found(0, 0.9, 1)] }]
  expect(judge(images)).toMatchObject({ verdicts: [], objectCount: 1 })
  expect(judge(images, { classId: 1 })).toMatchObject({
    verdicts: ['false-positive'],
    objectCount: 0,
  })
})

test('an IoU of exactly the threshold is a hit', () => {
  const images = [{ groundTruth: [object(0)], detections: [found(2, 0.9)] }] // 8 / 12
  expect(judge(images, { iouThreshold: 8 / 12 }).verdicts).toEqual(['true-positive'])
  expect(judge(images, { iouThreshold: 0.67 }).verdicts).toEqual(['false-positive'])
})

test('inclusive pixels make every box one wider and one higher', () => {
  // continuous 8 / 12 = .667; inclusive (9 * 5) / (2 * 55 - 45) = 45 / 65 = .692
  const images = [{ groundTruth: [object(0)], detections: [found(2, 0.9)] }]
  expect(judge(images, { pixelConvention: 'inclusive' }).judgements[0]!.iou).toBeCloseTo(45 / 65, 9)
})

test('equal scores keep the order of images and detections', () => {
  const images = [
    { groundTruth: [object(0)], detections: [found(0, 0.5), found(0, 0.5)] },
    { groundTruth: [], detections: [found(0, 0.5)] },
  ]
  const places = judge(images).judgements.map(({ image, detection }) => [image, detection])
  expect(places).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
  ])
})
