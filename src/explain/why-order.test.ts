import { describe, expect, test } from 'vitest'
import { CAT, CELL, cat, dog, inPicture, traceOf } from '../../test/support/cats-and-dogs.ts'
import type { HandMadeAnswer } from './hand-made.ts'
import { whyMissed } from './why.ts'

/** Two anchors a cell, of 20 and 24 pixels: both fit the cat, anchors 2 and 3. */
const TWO = { featureMaps: [{ stride: 20, sizes: [20, 24], aspectRatios: [1] }] }
describe('when several causes meet', () => {
  test('what was found counts as found, also without an anchor that fits', async () => {
    const small = cat(26, 6, 34, 14)
    const trace = await traceOf([small], [{ anchor: 1, chances: [0.9, 0], box: [26, 6, 34, 14] }])
    expect(whyMissed(trace, { object: 0 }).stage).toBe('found')
  })

  test('of several witnesses the one that got furthest tells: suppressed, not too faint', async () => {
    const trace = await traceOf(
      [cat(26, 0, 46, 20), CAT],
      [
        { anchor: 1, chances: [0.9, 0] },
        { anchor: 2, chances: [0.8, 0], box: [26, 0, 46, 20] },
        { anchor: 5, chances: [0.45, 0.125], box: [28, 0, 48, 20] },
      ],
    )
    expect(whyMissed(trace, { object: 0 })).toMatchObject({ stage: 'suppressed', anchor: 2 })
  })

  test('a missing anchor comes before what the anchors said', async () => {
    const answers = [{ anchor: 1, chances: [0, 0.9] }]
    const trace = await traceOf([cat(26, 6, 34, 14)], answers)
    expect(whyMissed(trace, { object: 0 }).stage).toBe('no-anchor')
  })

  test('a box that is off comes before another class, and that before background', async () => {
    const off: HandMadeAnswer = { anchor: 2, chances: [0.9, 0], box: [36, 0, 56, 20] }
    const other: HandMadeAnswer = { anchor: 3, chances: [0.1, 0.8], box: CELL }
    expect(whyMissed(await traceOf([CAT], [off, other], TWO), { object: 0 }).stage).toBe('box-off')
    const silent: HandMadeAnswer = { anchor: 2, chances: [0.2, 0], box: CELL }
    const why = whyMissed(await traceOf([CAT], [silent, other], TWO), { object: 0 })
    expect(why).toMatchObject({ stage: 'other-class', anchor: 3 })
  })

  test('one box on two objects counts for the one that it overlaps most, as in judging', async () => {
    // On the first: IoU 18 / 22; on the second: 16 / 24.
    const answers: HandMadeAnswer[] = [{ anchor: 1, chances: [0.9, 0], box: [22, 0, 42, 20] }]
    const trace = await traceOf([CAT, cat(26, 0, 46, 20)], answers)
    expect(whyMissed(trace, { object: 0 }).stage).toBe('found')
    const why = whyMissed(trace, { object: 1 })
    expect(why.stage).not.toBe('found')
    expect(why.sentences.join(' ')).toContain(
      'but covers object 1 (cat) better and counts for that one. The two were taken for one.',
    )
  })

  test('a neighbour of another class is not what the object was taken for', async () => {
    // Anchor 2 finds the dog beside the cat; anchor 1, on the cat, sees nothing.
    const answers: HandMadeAnswer[] = [{ anchor: 2, chances: [0, 0.9] }]
    const trace = await traceOf([CAT, dog(40, 0, 60, 20)], answers)
    expect(whyMissed(trace, { object: 0 })).toMatchObject({ stage: 'background', anchor: 1 })
  })
})

test('an object that no anchor touches is lost for want of an anchor, and nothing breaks', async () => {
  // One anchor of 4 x 4 in the middle of each 20 x 20 cell; the object is between them.
  const featureMaps = [{ stride: 20, sizes: [4], aspectRatios: [1] }]
  const trace = await traceOf([cat(14, 2, 18, 6)], [], { featureMaps })
  expect(whyMissed(trace, { object: 0 })).toMatchObject({
    stage: 'no-anchor',
    facts: { anchorIou: 0 },
  })
  const drawn = { box: inPicture([14, 2, 18, 6]), classId: 0 }
  expect(whyMissed(trace, drawn).stage).toBe('no-anchor')
})

test('a faint box on an object without a fitting anchor is offered before a new anchor', async () => {
  const answers: HandMadeAnswer[] = [{ anchor: 1, chances: [0.25, 0], box: [26, 6, 34, 14] }]
  const trace = await traceOf([cat(26, 6, 34, 14)], answers)
  const { stage, saved } = whyMissed(trace, { object: 0 })
  expect(stage).toBe('no-anchor')
  expect(saved[0]).toContain('--score 0.24 would show it (cat 0.25, IoU 1.00)')
})

describe('a drawn box', () => {
  const answers: HandMadeAnswer[] = [{ anchor: 1, chances: [0.25, 0.625] }]

  test('needs no ground truth and no class: the likeliest one there is asked about', async () => {
    const trace = await traceOf(undefined, answers)
    expect(whyMissed(trace, { box: inPicture(CELL) })).toMatchObject({ stage: 'found', anchor: 1 })
    expect(whyMissed(trace, { box: inPicture(CELL), classId: 0 })).toMatchObject({
      stage: 'other-class',
      facts: { otherClass: 1 },
    })
  })

  test('is compared with the anchors itself', async () => {
    const trace = await traceOf(undefined, answers)
    const small = inPicture([62, 24, 70, 32])
    expect(whyMissed(trace, { box: small, classId: 0 })).toMatchObject({
      stage: 'no-anchor',
      anchor: 7,
    })
    const free = inPicture([60, 20, 80, 40])
    expect(whyMissed(trace, { box: free, classId: 0 })).toMatchObject({
      stage: 'background',
      anchor: 7,
    })
  })

  test('must lie in the picture, and classes and objects must be there', async () => {
    const trace = await traceOf([CAT], answers)
    const outside = { x1: 10, y1: 10, x2: 500, y2: 60 }
    expect(() => whyMissed(trace, { box: outside })).toThrow(/expected a box inside 160 x 120/)
    expect(() => whyMissed(trace, { object: 1 })).toThrow(
      'why: expected an object from 0 to 0, got 1',
    )
    expect(() => whyMissed(trace, { box: inPicture(CELL), classId: 2 })).toThrow(
      /class from 0 to 1/,
    )
  })
})
