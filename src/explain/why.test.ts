import { describe, expect, test } from 'vitest'
import { CAT, cat, dog, traceOf } from '../../test/support/cats-and-dogs.ts'
import type { ModelConfig } from '../config/model.ts'
import { type HandMadeAnswer, handMadeModel } from './hand-made.ts'
import { whyMissed } from './why.ts'

const detect = (changes: Partial<ModelConfig['detect']>) => ({
  detect: { ...handMadeModel().detect, ...changes },
})

describe('whyMissed names the first stage that lost an object', () => {
  test('found: a detection of its class sits on it', async () => {
    const why = whyMissed(await traceOf([CAT], [{ anchor: 1, chances: [0.9, 0] }]), { object: 0 })
    expect(why).toMatchObject({ stage: 'found', anchor: 1, detection: 0, saved: [] })
    expect(why.sentences[0]).toBe(
      'It was found: detection 1 (cat 0.90 at 40,0,80,60) is on it, IoU 1.00, at or above 0.50.',
    )
    expect(why.sentences[1]).toContain(
      'It comes from anchor 1 (a fixed box of 40 x 60 px, column 2, row 1 of the 4 x 2 grid), which gets cat 0.90',
    )
    expect(why.facts).toMatchObject({ iou: 1, shownScore: 0.5 })
  })

  test('score: an anchor says its class before all others, but too faintly', async () => {
    const trace = await traceOf([CAT], [{ anchor: 1, chances: [0.45, 0.2] }])
    const why = whyMissed(trace, { object: 0 })
    expect(why).toMatchObject({ stage: 'score', anchor: 1, detection: 0 })
    expect(why.sentences[1]).toBe(
      'It gets cat 0.45, background 0.35, below the minimum score of 0.50.',
    )
    expect(why.saved).toEqual([
      '--score 0.44 would show it (cat 0.45, IoU 1.00), among 1 box instead of 0.',
    ])
    expect(whyMissed(trace, { object: 0 }, { shownScore: 0.44 }).stage).toBe('found')
  })

  test('score: where NMS would also remove it, both are named', async () => {
    const near = cat(26, 0, 46, 20)
    const trace = await traceOf(
      [CAT, near],
      [
        { anchor: 1, chances: [0.9, 0] },
        { anchor: 2, chances: [0.45, 0.2], box: [26, 0, 46, 20] },
      ],
    )
    const why = whyMissed(trace, { object: 1 })
    expect(why.stage).toBe('score')
    expect(why.sentences[2]).toContain(
      'A lower --score alone would not show it. NMS (non-maximum suppression) would remove it, because detection 1',
    )
    expect(why.saved).toEqual([
      '--score 0.44 and nmsIouThreshold 0.54 (now 0.45) together would show it (cat 0.45, IoU 1.00), among 2 boxes instead of 1.',
    ])
  })

  test('suppressed: a better box of the class stood in the way, on another object', async () => {
    const near = cat(26, 0, 46, 20) // IoU with the first: 14 / 26
    const answers: HandMadeAnswer[] = [
      { anchor: 1, chances: [0.9, 0] },
      { anchor: 2, chances: [0.8, 0], box: [26, 0, 46, 20] },
    ]
    const why = whyMissed(await traceOf([CAT, near], answers), { object: 1 })
    expect(why).toMatchObject({ stage: 'suppressed', anchor: 2, detection: 0 })
    expect(why.sentences[1]).toContain(
      'detection 1 (cat 0.90 at 40,0,80,60) has a higher score, and their IoU is 0.54',
    )
    expect(why.sentences[2]).toContain('Detection 1 is on object 1 (cat), IoU 1.00')
    expect(why.saved).toEqual([
      'nmsIouThreshold 0.54 (now 0.45) would have kept it, among 2 boxes instead of 1.',
    ])
    const kept = await traceOf([CAT, near], answers, detect({ nmsIouThreshold: 0.54 }))
    expect(whyMissed(kept, { object: 1 }).stage).toBe('found')
  })

  test('limit: one detection too many', async () => {
    const answers: HandMadeAnswer[] = [
      { anchor: 1, chances: [0.8, 0] },
      { anchor: 3, chances: [0.9, 0] },
      { anchor: 6, chances: [0, 0.85] },
    ]
    const trace = await traceOf([CAT], answers, detect({ maxDetections: 2 }))
    const why = whyMissed(trace, { object: 0 })
    expect(why).toMatchObject({ stage: 'limit', anchor: 1, detection: null })
    expect(why.sentences[1]).toContain('the detector keeps at most 2 detections (maxDetections)')
    expect(why.saved).toEqual(['maxDetections 3 would have kept it.'])
  })

  test('limit: one candidate of its class too many', async () => {
    const answers: HandMadeAnswer[] = [
      { anchor: 1, chances: [0.8, 0] },
      { anchor: 3, chances: [0.9, 0] },
      { anchor: 6, chances: [0.85, 0] },
    ]
    const trace = await traceOf([CAT], answers, detect({ maxCandidates: 1 }))
    const why = whyMissed(trace, { object: 0 })
    expect(why.stage).toBe('limit')
    expect(why.sentences[1]).toContain('(maxCandidates), and this is number 3 of cat')
    expect(why.saved).toEqual(['maxCandidates 3 would have kept it.'])
  })

  test('no-anchor: it is too small for every anchor, and says which size would fit', async () => {
    // 8 x 8 inside a 20 x 20 anchor: IoU 64 / 400.
    const trace = await traceOf([cat(26, 6, 34, 14)], [{ anchor: 1, chances: [0.25, 0] }])
    const why = whyMissed(trace, { object: 0 })
    expect(why).toMatchObject({ stage: 'no-anchor', anchor: 1 })
    expect(why.facts.anchorIou).toBeCloseTo(0.16, 6)
    expect(why.sentences[0]).toContain(
      'IoU 0.16. An anchor is responsible at or above 0.5. The object is 16 x 24 px.',
    )
    expect(why.sentences[1]).toContain(
      'Still, it is responsible by force. It gets cat 0.25, and its box has an IoU of 0.16 with the object.',
    )
    expect(why.saved).toEqual([
      "Train again with an anchor of about 8 x 8 pixels of the network's input on the 4 x 2 grid (stride 20).",
      'Even so it may fall between two cells: a larger input would show it larger.',
    ])
  })

  test('lost-anchor: another object took its only anchor', async () => {
    const match = { matchIouThreshold: 0.5, matcher: 'overwriting' } as const
    const trace = await traceOf([CAT, dog(22, 0, 42, 20)], [], { match })
    const why = whyMissed(trace, { object: 0 })
    expect(why).toMatchObject({ stage: 'lost-anchor', anchor: 1, facts: { takenBy: 1 } })
    expect(why.sentences[1]).toContain('that anchor is responsible for object 2 (dog)')
    expect(why.saved[0]).toContain('`bipartite`')
  })

  test('lost-anchor: there are more objects than anchors', async () => {
    const objects = Array.from({ length: 9 }, (_, i) => cat(20 + i / 4, 0, 40 + i / 4, 20))
    const trace = await traceOf(objects, [])
    const without = trace.objects.findIndex(({ anchors }) => anchors.length === 0)
    const why = whyMissed(trace, { object: without })
    expect(why.stage).toBe('lost-anchor')
    expect(why.saved[0]).toContain('(now 8 for 9 objects)')
  })

  test('box-off: the right class, but the box is too far away', async () => {
    const trace = await traceOf([CAT], [{ anchor: 1, chances: [0.9, 0], box: [32, 4, 56, 24] }])
    const why = whyMissed(trace, { object: 0 })
    expect(why).toMatchObject({ stage: 'box-off', anchor: 1, detection: 0 })
    // Centre 30, 10 to 44, 14: 14 and 4 input pixels, 28 and 12 of the picture; width 20 to 24.
    expect(why.sentences[1]).toContain('is 28 px too far right, 12 px too far down, 20% too wide')
    expect(why.saved).toEqual([
      'No threshold would have shown it. Only more training on pictures like this can help.',
    ])
  })

  test('other-class: an anchor says something else, and how surely', async () => {
    const trace = await traceOf([CAT], [{ anchor: 1, chances: [0.25, 0.625] }])
    const why = whyMissed(trace, { object: 0 })
    expect(why).toMatchObject({ stage: 'other-class', anchor: 1, detection: 0 })
    expect(why.sentences[0]).toMatch(
      /^It was taken for dog\. .* gets dog 0\.63, cat 0\.25, background 0\.13\.$/,
    )
    expect(why.sentences[1]).toContain('detection 1 (dog 0.63 at 40,0,80,60)')
    expect(why.saved[0]).toContain('--score 0.24 would show it (cat 0.25')
  })

  test('background: its anchor says that nothing is there', async () => {
    const trace = await traceOf([CAT], [{ anchor: 1, chances: [0.125, 0.25] }])
    const why = whyMissed(trace, { object: 0 })
    expect(why).toMatchObject({ stage: 'background', anchor: 1, detection: null })
    expect(why.sentences[0]).toContain(
      'has an IoU of 1.00 with it and gets background 0.63, cat 0.13.',
    )
    expect(why.facts).toMatchObject({ background: 0.625, score: 0.125 })
  })

  test('background: where classes are questions of their own, none was answered with yes', async () => {
    const loss = { ...handMadeModel().loss, classLoss: { name: 'binary' } as const }
    const trace = await traceOf([CAT], [{ anchor: 1, chances: [0.45, 0.2] }], { loss })
    const why = whyMissed(trace, { object: 0 })
    expect(why.stage).toBe('background')
    expect(why.sentences[0]).toContain('gets cat 0.45 (0.50 or more would be a yes).')
  })
})
