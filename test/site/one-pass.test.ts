import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  layerMultiplications,
  passMultiplications,
} from '../../site/src/lessons/06-network/one-pass.ts'
import { fieldOfCell, layerSteps } from '../../site/src/lessons/06-network/receptive-field.ts'
import {
  anchorsOf,
  compileForTrace,
  generateScene,
  type Image,
  LESSON_SCENES,
  look,
  resizeImage,
} from '../../src/core.ts'
import { createEngine } from '../../src/engine/node.ts'
import { readDetector } from '../../src/node/model.ts'
import { traceWith } from '../../src/node/why.ts'
import { useSite, WITHOUT_BROWSER } from './open-site.ts'

const SHIPPED = fileURLToPath(new URL('../../site/public/data/model.safetensors', import.meta.url))
const { image } = generateScene(1, 191, LESSON_SCENES)
const { config, weights } = await readDetector(SHIPPED)

/** The picture with one of its columns turned to its negative. */
function withColumnChanged({ width, height, data }: Image, column: number): Image {
  const changed = data.slice()
  for (let row = 0; row < height; row++)
    for (let channel = 0; channel < 3; channel++) {
      const at = (row * width + column) * 3 + channel
      changed[at] = data[at]! < 128 ? 255 : 0
    }
  return { width, height, data: changed }
}

describe('the receptive field', () => {
  it('ends exactly where a changed pixel no longer changes the answer of the real network', async () => {
    if (config.network.name !== 'tiny') throw new Error('the shipped model is no tiny')
    const engine = createEngine({ threads: 1 })
    const tracer = await compileForTrace(engine, config, weights)
    const input = resizeImage(image, config.input)
    const [column, row, columns] = [13, 11, config.classes.length + 1]
    const map = tracer.featureMaps[0]!
    const anchor = (row * map.gridWidth + column) * map.shapes.length
    const answer = async (picture: Image) =>
      (await look(tracer, picture)).logits.slice(anchor * columns, (anchor + 1) * columns)
    const steps = layerSteps(config.network, config.featureMaps[0]!.stride)
    const field = fieldOfCell(steps.at(-1)!, column, row)
    const before = await answer(input)
    const answerWithout = (x: number) => answer(withColumnChanged(input, x))
    await expect(answerWithout(field.x1 - 1)).resolves.toEqual(before)
    await expect(answerWithout(field.x1)).resolves.not.toEqual(before)
    await expect(answerWithout(field.x2 - 1)).resolves.not.toEqual(before)
    await expect(answerWithout(field.x2)).resolves.toEqual(before)
    await engine.close()
  })
})

describe.skipIf(WITHOUT_BROWSER)('lesson 6', () => {
  const site = useSite()

  it('counts the numbers of the pass, and shows what the chosen cell saw', async () => {
    const trace = await traceWith({ config, weights }, image, { engine: { threads: 1 } })
    const { gridWidth, activation } = trace.featureMaps[0]!
    const { page, goTo, number, complaints, axe } = await site.shared()
    await goTo('06-network?map=1&x=0.5&y=0.5')
    await page.locator('[data-number=strength]').waitFor()
    const { count } = anchorsOf(config)
    await number('anchors').toBe(count)
    await number('numbers').toBe(count * (config.classes.length + 5))
    await number('field').toBe(71)
    const middle = 12 * gridWidth + 16
    await number('strength').toBeCloseTo(activation[middle]!, 3)
    await page.getByRole('slider', { name: 'Column' }).press('ArrowRight')
    await number('strength').toBeCloseTo(activation[middle + 1]!, 3)
    expect(await axe()).toEqual([])
    expect(complaints).toEqual([])
  })

  it('another map, another field; each region one pass more', async () => {
    if (config.network.name !== 'tiny') throw new Error('the shipped model is no tiny')
    const one = passMultiplications(config, config.network)
    const region = layerMultiplications(config.network, { width: 64, height: 64 })
    const ratio = (regions: number) => (one + regions * region) / one
    const { page, goTo, number } = await site.shared()
    await goTo('06-network?regions=20')
    await page.getByRole('radio', { name: '4 × 3' }).check()
    await number('field').toBe(423)
    await number('passes-two').toBe(21)
    await number('work-ratio').toBe(ratio(20))
    await page.getByRole('slider', { name: 'Proposed regions' }).press('ArrowRight')
    await number('passes-two').toBe(31)
    await number('passes-one').toBe(1)
    await number('work-ratio').toBe(ratio(30))
  })

  it('one changed weight changes the class in every cell of the map, as it would in the network', async () => {
    const { page, goTo, number } = await site.shared()
    await goTo('06-network?map=2&class=2&shape=4&change=2.5')
    const trace = await traceWith({ config, weights }, image, { engine: { threads: 1 } })
    const { firstAnchor, anchorCount } = trace.featureMaps[1]!
    const cells = Array.from({ length: anchorCount / 9 }, (_, cell) => {
      const logits = [...trace.anchors[firstAnchor + cell * 9 + 4]!.predicted.logits]
      logits[3]! += 2.5
      const sum = logits.reduce((all, logit) => all + Math.exp(logit), 0)
      return Math.exp(logits[3]!) / sum
    })
    await number('cells-changed').toBe(cells.length)
    await number('cells-sure').toBe(cells.filter((probability) => probability >= 0.5).length)
    if (config.network.name !== 'tiny') throw new Error('the shipped model is no tiny')
    await number('head-weights').toBe(
      weights.get('head.1.class.weight')?.length ?? 9 * 9 * 13 * config.network.channels[3]!,
    )
    await page.getByRole('slider', { name: 'Add to this one weight' }).fill('0')
    await number('cells-changed').toBe(0)
  })

  it('says how far a cell sees, beside the anchors of its map', async () => {
    const { goTo, number } = await site.shared()
    await goTo('06-network')
    for (const [level, field] of [71, 167, 295, 423].entries())
      await number(`sees-${level + 1}`).toBe(field)
    const maps = anchorsOf(config)
    expect(maps.count).toBe(9144)
  })

  it('times one pass and two kinds of second stages in this browser', async () => {
    const { page, goTo, number, complaints } = await site.shared()
    await goTo('06-network?regions=300')
    await page.getByRole('button', { name: 'Time it in this browser' }).click()
    await number('time-single').toBeGreaterThan(0)
    await number('time-shared').toBeGreaterThan(0)
    await number('time-cut').toBeGreaterThan(0)
    expect(complaints).toEqual([])
  })

  it('works without a model', async () => {
    const { page, goTo, number, complaints } = await site.open()
    const manifest = {
      version: 1,
      name: 'None',
      model: null,
      snapshots: [],
      metrics: [],
      pictures: [],
    }
    await page.route('**/manifest.json', (route) => route.fulfill({ json: manifest }))
    await goTo('06-network?map=2')
    await page.getByText('No model came with this page').waitFor()
    await number('field').toBe(167)
    await number('numbers').toBeGreaterThan(10_000)
    expect(complaints).toEqual([])
  })
})
