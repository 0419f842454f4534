/** @file What the lessons claim, worked out from the state that their figures show. Numbers in texts are read there. */
import {
  anchorsOf,
  boxIou,
  generateScene,
  LESSON_SCENES,
  matchObjects,
  packCorners,
  SHAPE_CLASSES,
  tinyModel,
} from 'singleshot/core'
import { describe, expect, it } from 'vitest'
import { PAGE_INPUT } from '../network/page-input.ts'
import { FIRST_SCENE } from '../picture/source.ts'
import { FIRST_BOXES, overlapOf } from './02-overlap/overlap.ts'
import { coverageOf, LEVEL } from './03-anchors/coverage.ts'
import { presetLayout } from './03-anchors/layout.ts'
import { CONTROLS as MATCHING_CONTROLS } from './04-matching/controls.ts'
import { matchOnPicture } from './04-matching/matching.ts'
import { positivesAt, stepsOf } from './04-matching/steps.ts'
import { LESSONS } from './index.ts'
import { CONTROLS as SANDBOX_CONTROLS } from './sandbox/controls.ts'
import { configOf } from './sandbox/setting.ts'

const scene = generateScene(1, FIRST_SCENE, LESSON_SCENES)
const size = { width: scene.image.width, height: scene.image.height }
const boxes = scene.objects.map(({ box }) => box)
const page = tinyModel(SHAPE_CLASSES, PAGE_INPUT)
const setting = {
  ...Object.fromEntries(
    Object.entries(SANDBOX_CONTROLS).map(([key, control]) => [key, control.default]),
  ),
  stride: Number(SANDBOX_CONTROLS.stride.default),
  ratios: Number(SANDBOX_CONTROLS.ratios.default),
} as unknown as Parameters<typeof configOf>[0]

/** All texts of a lesson in one line. */
function textOf(id: string): string {
  const { idea, more, question, answer, proof, next } = LESSONS.find((one) => one.id === id)!
  return [idea, more, question, answer, proof?.shows, next].join(' ').replace(/\s+/g, ' ')
}

describe('lesson 2 (W1)', () => {
  it('touching boxes have a slope, boxes apart have none, wherever they are', () => {
    const [first, second] = FIRST_BOXES as [(typeof FIRST_BOXES)[0], (typeof FIRST_BOXES)[0]]
    expect(overlapOf(first, second).slope.every((slope) => slope !== 0)).toBe(true)
    for (const by of [200, 230, 260]) {
      const away = { ...second, x1: first.x2 + by, x2: first.x2 + by + 100 }
      expect(overlapOf(first, away)).toMatchObject({ iou: 0, slope: [0, 0] })
    }
    expect(textOf('02-overlap')).toContain('While the boxes touch, a small move changes the IoU')
    expect(textOf('02-overlap')).not.toMatch(/nobody trains|nothing could be learned/i)
  })

  it('covering the left half of a box is an IoU of one half', () => {
    const whole = { x1: 0, y1: 0, x2: 40, y2: 30 }
    expect(boxIou(whole, { ...whole, x2: 20 })).toBe(0.5)
  })
})

describe('lesson 3 (W2, W3)', () => {
  it('the list is the same in lessons 3, 4, 5, 6 and the sandbox: 9,144 anchors', () => {
    expect(anchorsOf(page).count).toBe(9144)
    const list = presetLayout('tiny').anchors.corners
    expect(list).toEqual(anchorsOf(page).corners)
    const sandbox = configOf(
      { ...setting, anchors: 'tiny' },
      { classes: SHAPE_CLASSES, model: null },
    )
    expect(anchorsOf(sandbox).corners).toEqual(list)
  })

  it('fast.ai’s final list has 189 anchors, in lessons and sandbox', () => {
    expect(presetLayout('lesson9').anchors.count).toBe(189)
    const chosen = { ...setting, anchors: 'lesson9' as const }
    expect(anchorsOf(configOf(chosen, { classes: SHAPE_CLASSES, model: null })).count).toBe(189)
  })

  it('at a quarter two of five objects fall below 0.5; doubled, the average rises a little', () => {
    const at = (times: number) => coverageOf(presetLayout('tiny', times), size, scene.objects)
    expect(at(1).objects.filter(({ bestIou }) => bestIou < LEVEL)).toHaveLength(0)
    expect(at(0.25).objects.filter(({ bestIou }) => bestIou < LEVEL)).toHaveLength(2)
    const gain = at(2).meanBestIou - at(1).meanBestIou
    expect(gain).toBeGreaterThan(0.01)
    expect(gain).toBeLessThan(0.1)
    expect(textOf('03-anchors')).toContain(
      'two of the five objects of the first scene fall below 0.5',
    )
    expect(textOf('03-anchors')).toContain('The average rises a little')
  })

  it('SSD300 has as many anchors as the text names', () => {
    expect(textOf('03-anchors')).toContain(
      `${presetLayout('ssd300').anchors.count.toLocaleString('en')} in SSD300`,
    )
  })
})

describe('lesson 4 (W4, W5, W14)', () => {
  const matchingOf = (name: 'lesson9' | 'lesson9-simple', matchIouThreshold: number) =>
    matchOnPicture(presetLayout(name), size, boxes, { matchIouThreshold, matcher: 'bipartite' })

  it('it opens with sixteen anchors and five objects', () => {
    expect(MATCHING_CONTROLS.preset.default).toBe('lesson9-simple')
    expect(presetLayout('lesson9-simple').anchors.count).toBe(16)
    expect(boxes).toHaveLength(5)
    expect(textOf('04-matching')).toMatch(/^Sixteen anchors, five objects/)
  })

  it('with fast.ai’s 189 the number jumps as the text says; with 16 it would not move', () => {
    const counts = [0.5, 0.55].map((at) => matchingOf('lesson9', at).positives.length)
    expect(textOf('04-matching')).toContain(
      `At 0.50 there are ${counts[0]} positive anchors, at 0.55 there are ${counts[1]}`,
    )
    const few = stepsOf(matchingOf('lesson9-simple', 0.5))
    expect(new Set([0.25, 0.4, 0.6, 0.8, 1].map((at) => positivesAt(few, at)))).toEqual(
      new Set([5]),
    )
  })

  it('an object that touches no free anchor gets the nearest one, by this library’s rule', () => {
    const anchors = packCorners([
      { x1: 0, y1: 0, x2: 10, y2: 10 },
      { x1: 40, y1: 0, x2: 50, y2: 10 },
      { x1: 90, y1: 0, x2: 100, y2: 10 },
    ])
    const objects = packCorners([
      { x1: 0, y1: 0, x2: 10, y2: 9 },
      { x1: 0, y1: 0, x2: 9, y2: 8 },
    ])
    expect([...matchObjects(objects, anchors, { matcher: 'bipartite' }).forced]).toEqual([0, 1])
    expect(textOf('04-matching')).toContain('Ours gives it the nearest one')
  })

  it('matching is given boxes and nothing else: no class, no output of a network', () => {
    const layout = presetLayout('lesson9')
    const once = matchObjects(packCorners(boxes), layout.anchors.corners)
    expect(matchObjects(packCorners(boxes), layout.anchors.corners)).toEqual(once)
    expect(matchObjects.length).toBeLessThanOrEqual(3)
  })
})
