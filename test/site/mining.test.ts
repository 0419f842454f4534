import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Judged,
  judge,
  weighFocal,
  weighMined,
} from '../../site/src/lessons/08-mining/weigh.ts'
import {
  compileLoss,
  generateScene,
  LESSON_SCENES,
  type Model,
  runLoss,
  type Trace,
} from '../../src/core.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { createEngine } from '../../src/engine/node.ts'
import type { LossConfig } from '../../src/loss/multibox.ts'
import { readDetector } from '../../src/node/model.ts'
import { traceWith } from '../../src/node/why.ts'
import { useSite, WITHOUT_BROWSER } from './open-site.ts'

const SHIPPED = fileURLToPath(new URL('../../site/public/data/model.safetensors', import.meta.url))
const { image, objects } = generateScene(1, 191, LESSON_SCENES)

let engine: Engine
let model: Model
let trace: Trace
let judged: Judged[]
/** The same picture, with nothing said to be in it. */
let judgedEmpty: Judged[]
beforeAll(async () => {
  engine = createEngine({ threads: 1 })
  model = await readDetector(SHIPPED)
  trace = await traceWith(model, image, { objects, engine: { threads: 1 } })
  judged = judge(trace.anchors)
  const empty = await traceWith(model, image, { objects: [], engine: { threads: 1 } })
  judgedEmpty = judge(empty.anchors)
})
afterAll(() => engine.close())

/** The class loss of the library's own graph, for what the network said or would have to say. */
async function libraryLoss(classLoss: LossConfig['classLoss'], logits: number[], empty = false) {
  const { anchors } = trace
  const config = { ...model.config, loss: { ...model.config.loss, classLoss } }
  const program = await compileLoss(engine, config)
  const answers = {
    logits: Float32Array.from(logits),
    offsets: new Float32Array(anchors.length * 4),
  }
  const result = await runLoss(program, answers, {
    classTargets: Int32Array.from(anchors, ({ target }) => (empty ? 0 : target.class)),
    offsetTargets: new Float32Array(anchors.length * 4),
  })
  await program.close()
  return result.classLoss
}

const said = () => trace.anchors.flatMap(({ predicted }) => predicted.logits)
/** Logits whose sigmoids are the probabilities that were given. */
const logOdds = () =>
  trace.anchors.flatMap(({ predicted }) =>
    predicted.probabilities.map((p) => {
      const held = Math.min(1 - 1e-7, Math.max(1e-7, p))
      return Math.log(held / (1 - held))
    }),
  )

describe('the arithmetic of lesson 8 is the library’s loss', () => {
  it.each([
    [3, 16, false],
    [1, 0, false],
    [0, 150, false],
    [3, 16, true],
    [3, 0, true],
  ])(
    'mining %d : 1, at least %d, empty %s',
    async (negativesPerPositive, minimumNegatives, empty) => {
      const rule = { negativesPerPositive, minimumNegatives }
      const own = empty ? judgedEmpty : judged
      const { positives, negatives } = weighMined(own, rule)
      const expected = await libraryLoss({ name: 'softmax', ...rule }, said(), empty)
      expect(positives + negatives).toBeCloseTo(expected, 4)
    },
  )

  it.each([
    [0.25, 2],
    [0.5, 0],
    [0.75, 3.5],
  ])('focal, alpha %d, gamma %d', async (alpha, gamma) => {
    const { positives, negatives } = weighFocal(judged, { alpha, gamma })
    const expected = await libraryLoss({ name: 'focal', alpha, gamma }, logOdds())
    expect(positives + negatives).toBeCloseTo(expected, 4)
  })
})

describe.skipIf(WITHOUT_BROWSER)('lesson 8', () => {
  const site = useSite()

  it('shows the loss of the engine, and another when a slider moves', async () => {
    const { page, goTo, number, complaints, axe } = await site.shared()
    await goTo('08-mining?network=trained')
    await page.locator('[data-number=mined]').waitFor()
    await number('positives').toBe(trace.loss!.positives)
    await number('mined').toBe(trace.loss!.minedNegatives)
    await number('class-loss').toBeCloseTo(trace.loss!.classLoss, 3)
    await page.getByRole('slider', { name: 'Negatives per positive' }).press('ArrowLeft')
    const two = { negativesPerPositive: 2, minimumNegatives: 16 }
    const weighed = weighMined(judged, two)
    await number('mined').toBe(trace.loss!.positives * 2)
    await number('share-mined').toBeCloseTo(weighed.share, 3)
    const loss = await libraryLoss({ name: 'softmax', ...two }, said())
    await number('class-loss').toBeCloseTo(loss, 3)
    await page.getByRole('slider', { name: 'gamma' }).press('ArrowLeft')
    const eased = await libraryLoss({ name: 'focal', alpha: 0.25, gamma: 1.5 }, logOdds())
    await number('focal-loss').toBeCloseTo(eased, 3)
    expect(await axe()).toEqual([])
    expect(complaints).toEqual([])
  })

  it('an empty picture teaches through the floor only', async () => {
    const { page, goTo, number, numbers } = await site.shared()
    await goTo('08-mining?network=trained&empty=1&floor=1')
    await page.locator('[data-number=mined]').waitFor()
    await numbers('positives', 'mined').toEqual([0, 1])
    await number('class-loss').toBeGreaterThan(0)
    await page.getByRole('slider', { name: 'Minimum negatives per picture' }).press('ArrowLeft')
    await number('mined').toBe(0)
    await number('class-loss').toBe(0)
  })
})
