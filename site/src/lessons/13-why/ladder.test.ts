import { handMadeModel, traceByHand, whyMissed } from 'singleshot/core'
import { expect, it } from 'vitest'
import { bestFit, ladderOf } from './ladder.ts'
import { changeIn } from './try.ts'

/** Eight square anchors of 20 pixels on 80 x 40; an object that lies on the second. */
const picture = { width: 80, height: 40 }
const box = { x1: 20, y1: 0, x2: 40, y2: 20 }
const objects = [{ box, classId: 0 }]
const config = handMadeModel()

const traceOf = (chances: number[], place: [number, number, number, number] = [20, 0, 40, 20]) =>
  traceByHand({ config, picture, objects, answers: [{ anchor: 1, chances, box: place }] })

it('all rungs are passed by what was found', async () => {
  const trace = await traceOf([0.9, 0])
  const rungs = ladderOf({ trace, finding: whyMissed(trace, { object: 0 }), object: 0, box })
  expect(rungs.map(({ state }) => state)).toEqual(Array(7).fill('passed'))
  expect(rungs[0]!.by).toBe('best IoU 1.00, 0.50 needed')
})

it('a score too low is lost at the fourth rung, and a slider would show it', async () => {
  const trace = await traceOf([0.42, 0.3])
  const finding = whyMissed(trace, { object: 0 })
  const rungs = ladderOf({ trace, finding, object: 0, box })
  expect(rungs.map(({ state }) => state)).toEqual([
    ...['passed', 'passed', 'passed', 'lost'],
    ...['open', 'open', 'open'],
  ])
  expect(rungs[3]!.by).toBe('score 0.42, 0.50 needed')
  const { score } = changeIn(finding.saved[0]!)!
  expect(score).toBeLessThan(0.42)
  expect(score).toBeGreaterThanOrEqual(0.41)
  expect(whyMissed(trace, { object: 0 }, { shownScore: score! }).stage).toBe('found')
})

it('background is lost at the third rung, and no slider helps', async () => {
  const trace = await traceOf([0, 0])
  const finding = whyMissed(trace, { object: 0 })
  expect(finding.stage).toBe('background')
  expect(ladderOf({ trace, finding, object: 0, box })[2]!.state).toBe('lost')
  expect(finding.saved.map(changeIn)).toEqual([null])
})

it('a drawn box has no label to answer for', async () => {
  const trace = await traceOf([0.9, 0])
  const finding = whyMissed(trace, { box, classId: 0 })
  expect(ladderOf({ trace, finding, object: null, box })[1]!.state).toBe('unasked')
})

it('what no anchor fits and is found all the same went on despite it', async () => {
  const small = { x1: 26, y1: 6, x2: 34, y2: 14 }
  const trace = await traceByHand({
    ...{ config, picture, objects: [{ box: small, classId: 0 }] },
    answers: [{ anchor: 1, chances: [0.9, 0], box: [26, 6, 34, 14] }],
  })
  expect(bestFit(trace, small)).toBeCloseTo(64 / 400, 6)
  const finding = whyMissed(trace, { object: 0 })
  const [first] = ladderOf({ trace, finding, object: 0, box: small })
  expect([finding.stage, first!.state]).toEqual(['found', 'despite'])
})

it('reads the sliders out of an advice', () => {
  expect(changeIn('--score 0.31 would show it (cat 0.32, overlap 0.61).')).toEqual({ score: 0.31 })
  expect(changeIn('nmsIouThreshold 0.6 (now 0.45) would have kept it.')).toEqual({ nms: 0.6 })
  expect(
    changeIn('--score 0.2 and nmsIouThreshold 0.55 (now 0.45) together would show it.'),
  ).toEqual({ score: 0.2, nms: 0.55 })
  expect(changeIn('--score 0.003 would show it.')).toBe(null)
  expect(changeIn('An anchor of about 9 x 9 pixels.')).toBe(null)
})
