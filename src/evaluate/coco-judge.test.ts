import { expect, test } from 'vitest'
import { type CocoObject, cocoOverlaps, judgeCoco } from './coco-judge.ts'

const everything = { smallest: 0, largest: 1e10 }

/** A 10 x 4 box that starts at x, area 40; two of them d apart have IoU (10 - d) / (10 + d). */
const boxAt = (x: number) => ({ x1: x, y1: 0, x2: x + 10, y2: 4 })
const object = (x: number, more: Partial<CocoObject> = {}): CocoObject => ({
  box: boxAt(x),
  classId: 0,
  ...more,
})

function judge(objects: CocoObject[], starts: number[], areaRange = everything) {
  const detections = starts.map((x, d) => ({ box: boxAt(x), score: 1 - d / 10 }))
  const overlaps = cocoOverlaps(detections, objects)
  return judgeCoco({ objects, detections, overlaps }, { iouThreshold: 0.5, areaRange })
}

test('a detection takes the best object that is still free', () => {
  // 1 overlaps 0 by 9 / 11, which is taken, and 3 by 8 / 12: right under COCO, wrong under VOC
  const { verdicts, objectCount } = judge([object(0), object(3)], [0, 1, 2])
  expect(verdicts).toEqual(['true-positive', 'true-positive', 'false-positive'])
  expect(objectCount).toBe(2)
})

test('a crowd absorbs any number of detections and is not missed', () => {
  const crowd = object(0, { crowd: true, box: { x1: 0, y1: 0, x2: 100, y2: 40 } })
  // 95 lies in the crowd with half of its area, 96 with 4 / 10
  const { verdicts, objectCount } = judge([crowd], [0, 30, 95, 96])
  expect(verdicts).toEqual(['ignored', 'ignored', 'ignored', 'false-positive'])
  expect(objectCount).toBe(0)
})

test('an object that counts goes before a crowd that fits better', () => {
  const crowd = object(0, { crowd: true })
  expect(judge([crowd, object(3)], [0]).verdicts).toEqual(['true-positive']) // 7 / 13 against 1
})

test('objects outside the area range are ignored, and so are detections that miss and lie outside', () => {
  const large = { smallest: 100, largest: 1e10 } // every detection has 40
  const { verdicts, objectCount } = judge(
    [object(0), object(50, { area: 200 })],
    [0, 50, 90],
    large,
  )
  expect(verdicts).toEqual(['ignored', 'true-positive', 'ignored'])
  expect(objectCount).toBe(1)
})

test('an ignored object that is no crowd is taken once', () => {
  const far = { smallest: 0, largest: 50 }
  const { verdicts } = judge([object(0, { area: 60 })], [0, 1], far)
  expect(verdicts).toEqual(['ignored', 'false-positive'])
})
