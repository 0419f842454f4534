import { expect, test } from 'vitest'
import type { MatchConfig } from '../match/matchers.ts'
import { handMadeModel, traceByHand } from './hand-made.ts'
import type { TracedObject } from './object-story.ts'

/** The input is 80 x 40; the picture is 2 times as wide and 3 times as high. */
const picture = { width: 160, height: 120 }
const inPicture = (x1: number, y1: number, x2: number, y2: number, classId = 0): TracedObject => ({
  box: { x1: x1 * 2, y1: y1 * 3, x2: x2 * 2, y2: y2 * 3 },
  classId,
})
const trace = (objects: readonly TracedObject[] | undefined, match: Partial<MatchConfig> = {}) => {
  const config = handMadeModel({
    match: { matchIouThreshold: 0.5, matcher: 'bipartite', ...match },
  })
  return traceByHand({ config, picture, answers: [], ...(objects && { objects }) })
}

test('an anchor says where it stands, and why it answers for an object or for none', async () => {
  // On anchor 5 exactly: column 1, row 1. Half on anchor 2, half on 3: IoU 1/3 each, so one is forced.
  const { anchors, objects } = await trace([inPicture(20, 20, 40, 40), inPicture(50, 0, 70, 20, 1)])
  expect(anchors[5]).toMatchObject({ featureMap: 0, row: 1, column: 1, shape: 0 })
  expect(anchors[5]!.box).toEqual([20, 20, 40, 40])
  expect(anchors[5]!.match).toEqual({ object: 0, reason: 'both', bestObject: 0, bestIou: 1 })
  expect(anchors[5]!.target).toEqual({ class: 1, offsets: [0, 0, 0, 0] })
  expect(anchors[2]!.match).toMatchObject({ object: 1, reason: 'forced' })
  expect(anchors[3]!.match).toMatchObject({
    object: null,
    reason: 'below-threshold',
    bestObject: 1,
  })
  expect(anchors[3]!.match.bestIou).toBeCloseTo(1 / 3, 6)
  expect(anchors[3]!.target).toEqual({ class: 0, offsets: null })
  expect(anchors[0]!.match.reason).toBe('no-overlap')
  expect(objects[1]).toMatchObject({
    className: 'dog',
    bestAnchor: 2,
    forcedAnchor: 2,
    anchors: [2],
  })
  expect(objects[1]!.pictureBox).toEqual([100, 0, 140, 60])
})

/** Two objects whose best anchor is number 1. */
const RIVALS = [inPicture(20, 0, 40, 20), inPicture(22, 0, 42, 20)]

test('with the overwriting matcher the later object takes the anchor, and the earlier names it', async () => {
  const { objects, anchors } = await trace(RIVALS, { matcher: 'overwriting' })
  expect(objects.map(({ lostTo, anchors }) => [lostTo, anchors])).toEqual([
    [1, []],
    [null, [1]],
  ])
  expect(anchors[1]!.match).toMatchObject({ object: 1, reason: 'forced', bestObject: 0 })
})

test('with the bipartite matcher no object loses its anchor: the worse fitting one takes its next best', async () => {
  const { objects } = await trace(RIVALS)
  expect(objects.map(({ lostTo, forcedAnchor }) => [lostTo, forcedAnchor])).toEqual([
    [null, 1],
    [null, 2],
  ])
})

test('of more objects than anchors the last ones get none', async () => {
  const objects = Array.from({ length: 10 }, (_, i) => inPicture(i, 0, 20 + i, 20))
  const { objects: told } = await trace(objects)
  expect(told.filter(({ forcedAnchor }) => forcedAnchor === null)).toHaveLength(2)
  expect(told.flatMap(({ anchors }) => anchors).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test('a picture without objects has targets of background only; one without labels has no losses at all', async () => {
  const empty = await trace([])
  expect(empty.objects).toEqual([])
  expect(empty.anchors.every(({ target, ious }) => target.class === 0 && ious.length === 0)).toBe(
    true,
  )
  expect(empty.loss).not.toBeNull()
  const unlabelled = await trace(undefined)
  expect(unlabelled.loss).toBeNull()
  expect(unlabelled.anchors.every(({ loss }) => loss === null)).toBe(true)
})

test('every kind of verdict is told, with the detection that it became or that suppressed it', async () => {
  const config = handMadeModel({
    detect: { scoreThreshold: 0.1, nmsIouThreshold: 0.45, maxCandidates: 3, maxDetections: 3 },
  })
  const { anchors, detections } = await traceByHand({
    config,
    picture,
    answers: [
      { anchor: 0, chances: [0.9, 0] },
      { anchor: 1, chances: [0.8, 0], box: [2, 0, 22, 20] }, // on the first: IoU 18 / 22
      { anchor: 2, chances: [0.7, 0], box: [-30, 0, -10, 20] }, // outside the picture
      { anchor: 3, chances: [0.6, 0.05] },
      { anchor: 4, chances: [0.5, 0] }, // the fourth cat with area
      { anchor: 5, chances: [0, 0.4] },
      { anchor: 6, chances: [0, 0.3] }, // the fourth detection
    ],
  })
  const told = anchors.map(({ verdicts }) =>
    verdicts.map(({ kind, detection }) => [kind, detection]),
  )
  expect(told).toEqual([
    [['kept', 0]],
    [['suppressed', 0]],
    [['no-area', null]],
    [['kept', 1]],
    [['max-candidates', null]],
    [['kept', 2]],
    [['max-detections', null]],
    [],
  ])
  expect(detections.map(({ anchor }) => anchor)).toEqual([0, 3, 5])
  expect(detections[1]!.pictureBox).toEqual([120, 0, 160, 60])
})
