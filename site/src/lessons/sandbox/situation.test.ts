import { handMadeModel, type LossNumbers } from 'singleshot/core'
import { expect, it } from 'vitest'
import { LESSON_OBJECTS } from './close-objects.ts'
import { imagine, SURE } from './imaginary.ts'
import { ledgerOf } from './ledger.ts'
import { configOf, OWN_IOU, type Setting } from './setting.ts'
import { mirrored, rightConfig, situationOf, withBug } from './situation.ts'
import { slopesOf, treadsOf } from './stairs.ts'

/** An input of 80 x 40 with eight square anchors of 20 pixels, side by side; the picture is as large. */
const config = handMadeModel()
const picture = { width: 80, height: 40 }
const box = (x1: number, y1: number, x2: number, y2: number) => ({ x1, y1, x2, y2 })

/** A dog that lies exactly on the second anchor. */
const dog = { box: box(20, 0, 40, 20), classId: 1 }

const SETTING: Setting = {
  variant: 'paper',
  anchors: 'one',
  stride: 64,
  size: 88,
  sizes: 1,
  ratios: 1,
  iou: 0.5,
  negatives: 3,
  gamma: 1,
}
const scene = { width: 512, height: 384 }
const about = { classes: ['circle', 'square', 'star'], model: null }

it('a label that is not mirrored with its picture lands on the other side', () => {
  expect(mirrored(80)(dog).box).toEqual(box(40, 0, 60, 20))
  const right = situationOf(config, [dog], picture)
  const wrong = withBug(right, 'flip', picture)!
  expect(right.targets.matched.indexOf(0)).toBe(1)
  expect(wrong.targets.matched.indexOf(0)).toBe(2)
  expect(ledgerOf(wrong, silent(8), right)).toMatchObject({ positives: 1, onNothing: 1 })
})

it('of two objects on one anchor, overwriting leaves one with none', () => {
  const chosen = rightConfig(configOf(SETTING, about), 'lost')
  const right = situationOf(chosen, LESSON_OBJECTS, scene)
  const wrong = withBug(right, 'lost', scene)!
  const count = right.anchors.count
  expect(ledgerOf(right, silent(count), right).forgotten).toEqual([])
  expect(ledgerOf(wrong, silent(count), right).forgotten).toEqual([0])
})

it('without mining every negative counts; without focal loss each counts as much', () => {
  const right = situationOf(config, [dog], picture)
  expect(withBug(right, 'mining', picture)!.config.loss.classLoss).toEqual({
    name: 'softmax',
    negativesPerPositive: 8,
    minimumNegatives: 8,
  })
  const focal = configOf({ ...SETTING, variant: 'lesson9', gamma: 2 }, about)
  expect(focal.loss.classLoss).toEqual({ name: 'focal', alpha: 0.25, gamma: 2 })
  const lesson = situationOf(focal, [], scene)
  expect(withBug(lesson, 'mining', scene)!.config.loss.classLoss).toEqual({ name: 'binary' })
})

it('the variants differ where the library says so', () => {
  const of = (variant: Setting['variant']) => configOf({ ...SETTING, variant }, about)
  expect([of('paper').match.matcher, of('torchvision').match.matcher]).toEqual([
    'bipartite',
    'overwriting',
  ])
  expect([of('paper').boxCoder.name, of('lesson9').boxCoder.name]).toEqual(['log', 'tanh'])
  expect(OWN_IOU).toEqual({ paper: 0.5, torchvision: 0.5, lesson9: 0.4 })
  const grown = configOf({ ...SETTING, sizes: 2, ratios: 3 }, about)
  expect(grown.featureMaps).toEqual([{ stride: 64, sizes: [88, 124], aspectRatios: [1, 2, 0.5] }])
})

it('who has learned everything says the targets, and who is fresh says background', () => {
  const taught = situationOf(config, [{ ...dog, box: box(22, 0, 42, 20) }], picture)
  const perfect = imagine(taught, { learned: 1, seed: 1 })
  expect([...perfect.logits.subarray(3, 6)]).toEqual([0, 0, SURE])
  expect([...perfect.logits.subarray(0, 3)]).toEqual([SURE, 0, 0])
  expect([...perfect.offsets]).toEqual([...taught.targets.offsetTargets])
  const fresh = imagine(taught, { learned: 0, seed: 1, noise: 0 })
  // Softmax of ln 2 + ln 9 = ln 18 against two zeros: 18 / 20 background, so .1 for some object.
  expect(fresh.logits[0]).toBeCloseTo(Math.log(18), 5)
  expect([...fresh.offsets].every((value) => value === 0)).toBe(true)
})

it('halfway, an anchor beside the object hears it', () => {
  const taught = situationOf(config, [{ ...dog, box: box(25, 0, 45, 20) }], picture)
  const { logits } = imagine(taught, { learned: 0.5, seed: 1, noise: 0 })
  // Anchor 2 covers 5 of 20 pixels: IoU 100 / 700; the echo is 8 of that.
  expect(logits[2 * 3 + 2]).toBeCloseTo(8 / 7, 4)
  expect(logits[2 * 3 + 1]).toBe(0)
})

it('the same seed gives the same answers', () => {
  const taught = situationOf(config, [dog], picture)
  const of = (seed: number) => [...imagine(taught, { learned: 0.3, seed }).logits]
  expect(of(4)).toEqual(of(4))
  expect(of(4)).not.toEqual(of(5))
})

it('thresholds with the same tasks are one tread', () => {
  // Ious: 15 x 20 of 500 = .6 with anchor 1, and 100 / 700 = .14 with anchor 2.
  const treads = treadsOf(
    situationOf(config, [{ ...dog, box: box(25, 0, 45, 20) }], picture),
    picture,
  )
  expect(treads.map(({ from, to }) => [from, to])).toEqual([
    [0.1, 0.14],
    [0.15, 0.9],
  ])
  expect(treads.map(({ situation }) => situation.targets.positives)).toEqual([2, 1])
})

it('only answers have a slope', () => {
  const numbers = { ...silent(8), logitGradient: Float32Array.of(0, 1, -1) }
  const rows = slopesOf(situationOf(config, [dog], picture), numbers)
  expect(rows.map(({ sloped }) => sloped)).toEqual([2, 0, null, null, null, null])
})

function silent(count: number): LossNumbers {
  const zeros = new Float32Array(count)
  return {
    ...{ loss: 0, classLoss: 0, offsetLoss: 0, classError: zeros, contributing: zeros },
    ...{ offsetError: zeros, classShare: zeros, offsetShare: zeros },
    ...{ logitGradient: new Float32Array(count * 3), offsetGradient: new Float32Array(count * 4) },
  }
}
