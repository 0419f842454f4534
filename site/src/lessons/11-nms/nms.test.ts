import {
  generateScene,
  LESSON_SCENES,
  nmsPerClass,
  packCorners,
  SHAPE_CLASSES,
} from 'singleshot/core'
import { describe, expect, it } from 'vitest'
import { makeUpAnswers } from '../10-boxes/made-up.ts'
import { busiestClass, candidatesOf, judgeOwn } from './candidates.ts'
import { statesAt } from './paint.ts'
import { PRESETS } from './presets.ts'
import { near, tellStep, verdictOf } from './story.ts'
import { countFound, sweep } from './sweep.ts'

const square = (x1: number, x2: number, classId = 0) => ({
  box: { x1, y1: 0, x2, y2: 10 },
  classId,
})
const keptOf = (candidates: ReturnType<typeof judgeOwn>) =>
  candidates.filter(({ kind }) => kind === 'kept').map(({ anchor }) => anchor)

describe('own boxes', () => {
  // 0..10 and 2..12 share 8 of 12; 0..10 and 5..15 share 5 of 15; 2..12 and 5..15 share 7 of 13.
  const own = [square(0, 10), square(2, 12), square(5, 15)]

  it('in a chain the second goes and the third stays', () => {
    const candidates = judgeOwn(own, [0.9, 0.8, 0.7], 0.5)
    expect(candidates.map(({ kind }) => kind)).toEqual(['kept', 'suppressed', 'kept'])
    const said = candidates.map((one) => verdictOf(tellStep(candidates, one), 0.5))
    expect(said).toEqual([
      'kept: it is the best of its class',
      'removed: IoU 0.67 with box 1, above 0.50',
      'kept: its largest IoU is 0.33, not above 0.50',
    ])
  })

  it('with the middle one first the other two go', () => {
    expect(keptOf(judgeOwn(own, [0.8, 0.9, 0.7], 0.5))).toEqual([1])
  })

  it('of another class are not asked, but told of', () => {
    const candidates = judgeOwn([square(0, 10), square(0, 10, 1)], [0.9, 0.8], 0.5)
    const { compared, stranger } = tellStep(candidates, candidates[1]!)
    expect(candidates.map(({ kind }) => kind)).toEqual(['kept', 'kept'])
    expect(compared).toEqual([])
    expect(stranger?.iou).toBe(1)
  })

  it.each(PRESETS)('$name: what stays is what nmsPerClass keeps, at any threshold', (preset) => {
    const { own: boxes, scores } = preset
    for (const nmsIouThreshold of [0, 0.2, 0.38, 0.45, 0.7, 1]) {
      const corners = packCorners(boxes.map(({ box }) => box))
      const classIds = boxes.map(({ classId }) => classId)
      const expected = nmsPerClass(corners, Float32Array.from(scores), classIds, {
        nmsIouThreshold,
      })
      expect(keptOf(judgeOwn(boxes, scores, nmsIouThreshold))).toEqual(expected)
    }
  })

  it('keep the promises of the hints', () => {
    const kept = (i: number, threshold: number) =>
      keptOf(judgeOwn(PRESETS[i]!.own, PRESETS[i]!.scores, threshold))
    expect([kept(0, 0.45), kept(0, 0.38)]).toEqual([[0, 2], [0]])
    expect([kept(1, 0.45), kept(2, 0.45)]).toEqual([[0], [0, 2]])
    for (const threshold of [0, 0.5, 0.99]) expect(kept(3, threshold)).toContain(1)
  })
})

describe('on a picture', () => {
  const { image, objects } = generateScene(1, 191, LESSON_SCENES)
  const answers = makeUpAnswers(image, objects, SHAPE_CLASSES)

  it('threshold 1 keeps all, and more stay the higher it is at both ends', () => {
    const points = sweep(answers, 0.3, { objects, classes: SHAPE_CLASSES.map((_, i) => i) })
    const all = candidatesOf(answers, { scoreThreshold: 0.3, nmsIouThreshold: 1 })
    expect(points.at(-1)!.kept).toBe(Math.min(all.length, answers.config.detect.maxDetections))
    expect(points[0]!.kept).toBeLessThanOrEqual(points[9]!.kept)
    expect(points[9]!.found).toBeLessThanOrEqual(objects.length)
    expect(all.filter(({ classId }) => classId === busiestClass(all)).length).toBeGreaterThan(1)
  })

  it('an object counts as found once, however many boxes hit it', () => {
    const twice = judgeOwn([square(0, 10), square(0, 10)], [0.9, 0.8], 1)
    expect(countFound(twice, [{ ...square(0, 10), difficult: false }], [0])).toBe(1)
  })
})

it('says where each stands at a step', () => {
  const candidates = judgeOwn([square(0, 10), square(1, 11), square(30, 40)], [0.9, 0.8, 0.7], 0.5)
  expect(statesAt(candidates, 2)).toEqual(['kept', 'gone', 'now'])
  expect(statesAt(candidates, 0)).toEqual(['now', 'waiting', 'waiting'])
})

it('writes a number so that one sees on which side of the limit it is', () => {
  expect([near(0.451, 0.45), near(0.72, 0.45)]).toEqual(['0.451', '0.72'])
})
