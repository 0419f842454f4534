import { expect, test } from 'vitest'
import type { Example } from '../dataset/dataset.ts'
import { generateAnchors } from './anchors.ts'
import { measureCoverage } from './coverage.ts'

/** Two cells side by side, each with one 10 x 10 anchor: (0,0,10,10) and (10,0,20,10). */
const anchors = generateAnchors([
  { gridWidth: 2, gridHeight: 1, strideX: 10, strideY: 10, shapes: [{ width: 10, height: 10 }] },
])
const input = { width: 20, height: 10 }

function example(id: string, ...boxes: [number, number, number, number][]): Example {
  const objects = boxes.map(([x1, y1, x2, y2]) => ({
    box: { x1, y1, x2, y2 },
    classId: 0,
    difficult: false,
  }))
  return { id, imagePath: id, size: { width: 200, height: 50 }, objects }
}

test('objects are scaled to the input before they are compared', () => {
  // 200 x 50 -> 20 x 10: x / 10, y / 5. (100, 0, 200, 50) becomes (10, 0, 20, 10), the second anchor.
  const { objects } = measureCoverage([example('a', [100, 0, 200, 50])], anchors, { input })
  expect(objects).toEqual([{ exampleId: 'a', objectIndex: 0, anchor: 1, bestIou: 1 }])
})

test('the shares say how many objects reach each level', () => {
  // second object: (0, 0, 6, 10), IoU 60 / 100 = .6; third: (0, 0, 2, 10), IoU .2
  const examples = [example('a', [100, 0, 200, 50]), example('b', [0, 0, 60, 50], [0, 0, 20, 50])]
  const coverage = measureCoverage(examples, anchors, { input })
  expect(coverage.meanBestIou).toBeCloseTo((1 + 0.6 + 0.2) / 3, 6)
  expect(coverage.shares).toEqual([
    { level: 0.3, share: 2 / 3 },
    { level: 0.5, share: 2 / 3 },
    { level: 0.7, share: 1 / 3 },
  ])
})

test('an object that no anchor touches has anchor -1 and IoU 0', () => {
  const { objects } = measureCoverage([example('a', [210, 0, 220, 50])], anchors, { input })
  expect(objects[0]).toMatchObject({ anchor: -1, bestIou: 0 })
})

test('a dataset without objects has coverage 0, not NaN', () => {
  const coverage = measureCoverage([example('empty')], anchors, { input, levels: [0.5] })
  expect(coverage).toEqual({ objects: [], meanBestIou: 0, shares: [{ level: 0.5, share: 0 }] })
})
