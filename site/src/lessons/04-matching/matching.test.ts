import { type Box, generateScene, LESSON_SCENES } from 'singleshot/core'
import { describe, expect, it } from 'vitest'
import { presetLayout } from '../03-anchors/layout.ts'
import { conflictsOf, conflictText } from './conflicts.ts'
import {
  bestAnchorsOf,
  bestObjectOf,
  columnsOf,
  matchOnPicture,
  reasonOf,
  storyOf,
} from './matching.ts'
import { crowdOf, twoForOne } from './situations.ts'
import { jumpsAround, positivesAt, slopeAt, staircase, stepsOf } from './steps.ts'

const picture = { width: 400, height: 400 }
/** 4 x 4 anchors of 100 x 100. */
const sixteen = presetLayout('lesson9-simple')
const box = (x1: number, y1: number, x2: number, y2: number): Box => ({ x1, y1, x2, y2 })
const match = (
  boxes: readonly Box[],
  matcher: 'bipartite' | 'overwriting' = 'bipartite',
  matchIouThreshold = 0.5,
) => matchOnPicture(sixteen, picture, boxes, { matchIouThreshold, matcher })

/** Anchor 0 wholly; anchors 5 and 6 by half each; a spot in anchor 15. */
const three = [box(0, 0, 100, 100), box(150, 100, 250, 200), box(340, 340, 350, 350)]

describe('a matching', () => {
  const matching = match(three)

  it('says why an anchor is positive', () => {
    expect(matching.positives).toEqual([0, 5, 15])
    expect([0, 5, 15, 6].map((a) => reasonOf(matching, a))).toEqual([
      'both',
      'forced', // 50 · 100 ÷ 15,000 = 1/3
      'forced',
      null,
    ])
    const low = match(three, 'bipartite', 0.3)
    expect(reasonOf(low, 6)).toBe('threshold')
  })

  it('tells what each object got', () => {
    expect(storyOf(matching, 1)).toMatchObject({ bestAnchor: 5, forced: 5, positives: 1 })
    expect(storyOf(matching, 1).bestIou).toBeCloseTo(1 / 3, 6)
    expect(storyOf(match(three, 'bipartite', 0.3), 1)).toMatchObject({
      positives: 2,
      onlyForced: 0,
    })
  })

  it('knows both maxima', () => {
    expect(bestAnchorsOf(matching, 1, 3)).toEqual([5, 6])
    expect([0, 6, 9].map((a) => bestObjectOf(matching, a))).toEqual([0, 1, -1])
    expect(columnsOf(matching, 1)).toEqual([0, 5, 15])
  })
})

describe('two objects that want one anchor', () => {
  const pair = [box(100, 100, 190, 200), box(130, 100, 230, 200)] // .9 and 7,000 ÷ 13,000

  it('bipartite: the worse one takes its next best', () => {
    const matching = match(pair)
    expect(conflictsOf(matching)).toEqual([{ anchor: 5, objects: [0, 1] }])
    expect([...matching.forced]).toEqual([5, 6])
    const text = conflictText(matching, { anchor: 5, objects: [0, 1] })
    expect(text).toBe(
      'Anchor 5 is the best anchor of objects 1 and 2. Object 1 (IoU 0.90) gets it. Object 2 (IoU 0.54) takes the next best free one, anchor 6, with an IoU of only 0.18.',
    )
  })

  it('overwriting: the former one is lost', () => {
    const matching = match(pair, 'overwriting')
    expect(storyOf(matching, 0)).toMatchObject({ lostTo: 1, positives: 0 })
    expect(conflictText(matching, { anchor: 5, objects: [0, 1] })).toContain(
      'Object 1 (IoU 0.90) loses it to object 2, which comes later in the list. It has no anchor left',
    )
  })

  it.each(['lesson9-simple', 'lesson9', 'tiny', 'ssd300'] as const)(
    'can be made for the anchors of %s',
    (name) => {
      const size = { width: 512, height: 384 }
      const layout = presetLayout(name)
      const boxes = twoForOne(layout, size).map((each) => each.box)
      const matching = matchOnPicture(layout, size, boxes, {
        matchIouThreshold: 0.5,
        matcher: 'overwriting',
      })
      expect(conflictsOf(matching)).toHaveLength(1)
    },
  )
})

it('17 objects on 16 anchors: one is left without', () => {
  const matching = match(crowdOf(17, picture).map((each) => each.box))
  expect(matching.positives).toHaveLength(16)
  expect([...matching.forced].filter((anchor) => anchor < 0)).toHaveLength(1)
})

describe('the staircase', () => {
  it('jumps at the best IoU of each anchor that nobody forces', () => {
    const steps = stepsOf(match(three))
    expect(steps.forced).toBe(3)
    expect([...steps.jumps]).toEqual([Math.fround(1 / 3)]) // anchor 6
    expect([positivesAt(steps, 0.3), positivesAt(steps, 0.34)]).toEqual([4, 3])
    expect(jumpsAround(steps, 0.3)).toEqual({ below: null, above: Math.fround(1 / 3) })
    expect(slopeAt(steps, 0.3)).toBe(0)
    expect(staircase(steps, 0.3, 0.1)).toEqual([
      [0.3, 4],
      [0.4, 4],
      [0.4, 3],
      [1, 3],
    ])
  })

  it.each(['bipartite', 'overwriting'] as const)('counts as the library does (%s)', (matcher) => {
    const scene = generateScene(1, 191, LESSON_SCENES)
    const layout = presetLayout('ssd300')
    const boxes = scene.objects.map((object) => object.box)
    const at = (matchIouThreshold: number) =>
      matchOnPicture(layout, scene.image, boxes, { matchIouThreshold, matcher })
    const steps = stepsOf(at(0.5))
    const thresholds = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 1]
    expect(thresholds.map((threshold) => positivesAt(steps, threshold))).toEqual(
      thresholds.map((threshold) => at(threshold).positives.length),
    )
  })
})
