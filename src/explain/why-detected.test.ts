import { expect, test } from 'vitest'
import { judgeClass } from '../evaluate/judge.ts'
import { type HandMadeAnswer, handMadeModel, traceByHand } from './hand-made.ts'
import type { TracedObject } from './object-story.ts'
import { whyDetected } from './why-detected.ts'
import { whyPicture } from './why-picture.ts'

/** The input is 80 x 40; the picture is 2 times as wide and 3 times as high. */
const picture = { width: 160, height: 120 }
/** A cat on anchor 1. */
const CAT: TracedObject = { box: { x1: 40, y1: 0, x2: 80, y2: 60 }, classId: 0 }
/** The lower left corner of the picture. */
const FAR = { x1: 0, y1: 60, x2: 40, y2: 120 }
const traceOf = (answers: readonly HandMadeAnswer[], objects?: readonly TracedObject[]) =>
  traceByHand({ config: handMadeModel(), picture, answers, ...(objects && { objects }) })

test('right: of its class and on it', async () => {
  const why = whyDetected(await traceOf([{ anchor: 1, chances: [0.9, 0] }], [CAT]), 0)
  expect(why).toMatchObject({ kind: 'right', object: 0, anchor: 1, saved: [] })
  expect(why.sentences[2]).toBe('In training its correct class is cat, for object 1 (cat).')
})

test('duplicate: the object was found already, by a better box', async () => {
  const answers: HandMadeAnswer[] = [
    { anchor: 1, chances: [0.9, 0], box: [15, 0, 35, 20] }, // IoU 15 / 25 with the cat
    { anchor: 2, chances: [0.8, 0], box: [24, 0, 44, 20] }, // 16 / 24; 11 / 29 with the first box
  ]
  const why = whyDetected(await traceOf(answers, [CAT]), 1)
  expect(why).toMatchObject({ kind: 'duplicate', object: 0, facts: { first: 0 } })
  expect(why.sentences[0]).toContain(
    'but detection 1 (cat 0.90 at 30,0,70,60) found that object already',
  )
  expect(why.saved[1]).toContain('nmsIouThreshold below 0.38 (now 0.45)')
})

test('ignored: what is on an object marked difficult counts neither way, however often it is hit', async () => {
  const answers: HandMadeAnswer[] = [
    { anchor: 1, chances: [0.9, 0], box: [15, 0, 35, 20] },
    { anchor: 2, chances: [0.8, 0], box: [24, 0, 44, 20] },
  ]
  const trace = await traceOf(answers, [{ ...CAT, difficult: true }])
  for (const detection of [0, 1])
    expect(whyDetected(trace, detection)).toMatchObject({ kind: 'ignored', object: 0, saved: [] })
  expect(whyDetected(trace, 0).sentences[0]).toContain('which is marked difficult')
  expect(whyPicture(trace)).toEqual([])
  const unseen = await traceOf([], [{ ...CAT, difficult: true }])
  expect(whyPicture(unseen)).toEqual([])
  expect(whyPicture(await traceOf([], [CAT]))).toHaveLength(1)
})

test('a detection is judged as by evaluation, which knows nothing of explanations', async () => {
  const objects = [CAT, { ...CAT, classId: 1 }, { ...CAT, difficult: true, box: FAR }]
  const answers: HandMadeAnswer[] = [
    { anchor: 1, chances: [0.9, 0], box: [15, 0, 35, 20] },
    { anchor: 2, chances: [0.8, 0], box: [24, 0, 44, 20] },
    { anchor: 7, chances: [0, 0.7] },
    { anchor: 4, chances: [0.6, 0], box: [0, 20, 20, 40] },
  ]
  const trace = await traceOf(answers, objects)
  const images = [
    {
      groundTruth: objects.map((object) => ({ difficult: false, ...object })),
      detections: trace.detections.map(({ pictureBox: [x1, y1, x2, y2], classId, score }) => {
        return { box: { x1, y1, x2, y2 }, classId, score }
      }),
    },
  ]
  const VERDICTS = { right: 'true-positive', ignored: 'ignored' } as Record<string, string>
  const judgements = [0, 1].flatMap((classId) => [...judgeClass(images, { classId }).judgements])
  expect(judgements.map(({ verdict }) => verdict)).toEqual([
    ...['true-positive', 'false-positive', 'ignored', 'false-positive'],
  ])
  for (const { detection, verdict } of judgements)
    expect(VERDICTS[whyDetected(trace, detection).kind] ?? 'false-positive').toBe(verdict)
})

test('wrong-class: on an object of another class', async () => {
  const why = whyDetected(await traceOf([{ anchor: 1, chances: [0.25, 0.625] }], [CAT]), 0)
  expect(why).toMatchObject({ kind: 'wrong-class', object: 0 })
  expect(why.sentences[0]).toContain('has the wrong class. It is on object 1 (cat)')
  expect(why.sentences[3]).toBe('It gets dog 0.63, cat 0.25, background 0.13.')
  expect(why.saved).toEqual(['--score 0.64 would hide it.'])
})

test('badly-placed: near an object, but not on it', async () => {
  const answers: HandMadeAnswer[] = [{ anchor: 2, chances: [0.9, 0], box: [30, 0, 50, 20] }]
  const why = whyDetected(await traceOf(answers, [CAT]), 0)
  expect(why).toMatchObject({ kind: 'badly-placed', object: 0 })
  expect(why.facts.iou).toBeCloseTo(1 / 3, 5)
  expect(why.sentences[0]).toContain('Its box is 20 px too far right.')
  expect(why.sentences[2]).toBe('In training its correct class is background.')
})

test('background: nothing is there', async () => {
  const why = whyDetected(await traceOf([{ anchor: 7, chances: [0.9, 0] }], [CAT]), 0)
  expect(why).toMatchObject({ kind: 'background', object: null, anchor: 7 })
  expect(why.sentences[1]).toContain('which touches no object')
})

test('unknown: without ground truth nobody can say, but the anchor and its chances are told', async () => {
  const why = whyDetected(await traceOf([{ anchor: 1, chances: [0.9, 0] }]), 0)
  expect(why).toMatchObject({ kind: 'unknown', object: null, saved: [] })
  expect(why.sentences).toHaveLength(3)
  expect(() => whyDetected({ ...traced, detections: [] }, 0)).toThrow(/expected a detection from/)
})

const traced = await traceOf(
  [
    { anchor: 3, chances: [0, 0.9] },
    { anchor: 6, chances: [0.3, 0] },
  ],
  [CAT],
)

test('a picture’s findings are its missed objects and then its shown, wrong detections', () => {
  const told = whyPicture(traced).map((finding) =>
    finding.about === 'detection' ? finding.kind : finding.stage,
  )
  expect(told).toEqual(['background', 'background'])
  expect(whyPicture(traced).map(({ about }) => about)).toEqual(['object', 'detection'])
  // With a lower score the faint cat is shown too.
  expect(whyPicture(traced, { shownScore: 0.25 })).toHaveLength(3)
})
