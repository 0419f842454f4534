import { generateScene, handMadeModel, LESSON_SCENES, SHAPE_CLASSES } from 'singleshot/core'
import { describe, expect, it } from 'vitest'
import { selectFrom } from './answers.ts'
import { chancesOf } from './chances.ts'
import { decodeSum, four, inWords } from './decode-sum.ts'
import { barOf, claimsAt, funnelOf } from './funnel.ts'
import { makeUpAnswers } from './made-up.ts'
import { pickClaim } from './place.ts'

const { image, objects } = generateScene(1, 191, LESSON_SCENES)
const answers = makeUpAnswers(image, objects, SHAPE_CLASSES)

describe('made-up answers', () => {
  it('are the same every time, and find most objects', () => {
    expect(makeUpAnswers(image, objects, SHAPE_CLASSES)).toEqual(answers)
    const found = selectFrom(answers, { scoreThreshold: 0.5 }).detections
    expect(new Set(found.map(({ classId }) => classId)).size).toBeGreaterThan(1)
  })

  it('claim nothing that is sure where nobody knows what there is', () => {
    const blind = makeUpAnswers(image, [], SHAPE_CLASSES)
    const { claims } = selectFrom(blind, { scoreThreshold: 0.01 })
    expect(claims.length).toBeGreaterThan(0)
    expect(claims.every(({ score }) => score < 0.6)).toBe(true)
  })
})

describe('the sum of a decoded box', () => {
  const config = handMadeModel()
  const anchors = {
    count: 1,
    centreSizes: Float32Array.of(100, 50, 40, 20),
    corners: Float32Array.of(80, 40, 120, 60),
    cellSizes: Float32Array.of(20, 20),
  }
  const plain = { ...answers, config, anchors, offsets: Float32Array.of(1, -2, 0, 0) }

  it('moves by tenths of the sides: 100 + 1 x .1 x 40, 50 - 2 x .1 x 20', () => {
    expect(decodeSum(plain, 0).map(({ result }) => result)).toEqual([104, 46, 40, 20])
    expect(inWords(decodeSum(plain, 0), [100, 50, 40, 20])).toBe(
      '4.0 pixels to the right, 4.0 pixels up, 0% wider, 0% taller',
    )
  })

  it('goes through tanh for a network that does: at most half a cell', () => {
    const tanh = { ...plain, config: { ...config, boxCoder: { name: 'tanh' as const } } }
    const [x] = decodeSum({ ...tanh, offsets: Float32Array.of(99, 0, 0, 0) }, 0)
    expect(x!.result).toBeCloseTo(110, 6)
  })

  it('is the library’s decoding', () => {
    const [claim] = selectFrom(answers).claims
    const [x, y, w, h] = decodeSum(answers, claim!.anchor).map(({ result }) => result)
    const [x1, y1, x2, y2] = four(answers.decoded, claim!.anchor)
    expect([x! - w! / 2, y! - h! / 2]).toEqual([expect.closeTo(x1, 3), expect.closeTo(y1, 3)])
    expect([x! + w! / 2, y! + h! / 2]).toEqual([expect.closeTo(x2, 3), expect.closeTo(y2, 3)])
  })
})

describe('the funnel', () => {
  const selection = selectFrom(answers, { scoreThreshold: 0.2 })
  const counts = Object.fromEntries(
    funnelOf(answers, selection, 0.2).map(({ stage, count }) => [stage, count]),
  )

  it('starts with every pair and ends with what is shown, and never grows', () => {
    expect(counts.pairs).toBe(answers.anchors.count * SHAPE_CLASSES.length)
    expect(counts.kept).toBe(selection.detections.length)
    expect(counts.shown).toBe(selection.detections.filter(({ score }) => score >= 0.5).length)
    const list = Object.values(counts)
    expect(list).toEqual(list.toSorted((a, b) => b - a))
  })

  it('hands out the claims of a stage', () => {
    expect(claimsAt('kept', selection.claims)).toHaveLength(counts.kept!)
    expect(claimsAt('claims', selection.claims)).toHaveLength(counts.claims!)
  })

  it('draws bars by digits: 999 is half of 998,001', () => {
    expect(barOf(998_000, 998_000)).toBe(1)
    expect(barOf(998, 998_000)).toBeCloseTo(0.5, 3)
    expect(barOf(0, 10)).toBe(0)
  })
})

it('lists background, then the likeliest classes, and says which count', () => {
  const probabilities = Float32Array.of(0.25, 0.5, 0.25)
  const config = { ...answers.config, classes: ['cat', 'dog'] }
  expect(chancesOf({ config, probabilities }, 0, 0.3)).toEqual([
    { name: 'background', chance: 0.25, counts: false },
    { name: 'cat', chance: 0.5, counts: true },
    { name: 'dog', chance: 0.25, counts: false },
  ])
})

it('a click chooses the best claim under it, then the next', () => {
  const { claims } = selectFrom(answers, { scoreThreshold: 0.2 })
  const { box } = objects[0]!
  const at = { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 }
  const first = pickClaim(answers, { claims, stage: 'boxes', after: claims.length }, at)!
  const next = pickClaim(answers, { claims, stage: 'boxes', after: first }, at)!
  expect(next).toBeGreaterThan(first)
  const nowhere = { x: -500, y: -500 }
  expect(pickClaim(answers, { claims, stage: 'boxes', after: 0 }, nowhere)).toBe(null)
})
