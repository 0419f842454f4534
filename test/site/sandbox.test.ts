import { afterAll, describe, expect, it } from 'vitest'
import { LESSON_OBJECTS } from '../../site/src/lessons/sandbox/close-objects.ts'
import { CONTROLS } from '../../site/src/lessons/sandbox/controls.ts'
import { EXAMPLES } from '../../site/src/lessons/sandbox/examples.ts'
import { imagine } from '../../site/src/lessons/sandbox/imaginary.ts'
import { ledgerOf } from '../../site/src/lessons/sandbox/ledger.ts'
import { configOf, OWN_IOU } from '../../site/src/lessons/sandbox/setting.ts'
import {
  rightConfig,
  type Situation,
  situationOf,
  withBug,
} from '../../site/src/lessons/sandbox/situation.ts'
import { THRESHOLDS } from '../../site/src/lessons/sandbox/stairs.ts'
import { decodeValues } from '../../site/src/state/codec.ts'
import type { DrawnObject } from '../../site/src/state/control.ts'
import type { ModelConfig } from '../../src/config/model.ts'
import { LESSON_SCENES } from '../../src/dataset/scene-options.ts'
import { SHAPE_CLASSES } from '../../src/dataset/shape-outline.ts'
import { generateScene } from '../../src/dataset/shapes.ts'
import { createEngine } from '../../src/engine/node.ts'
import { compileLoss, runLoss } from '../../src/explain/loss-program.ts'
import { type OpenPage, useSite, WITHOUT_BROWSER } from './open-site.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

const objectsOf = (index: number) =>
  generateScene(1, index, LESSON_SCENES).objects.map(({ box, classId }) => ({ box, classId }))

/** All scenes are as large, and this one is the page's first. */
const FIRST_SCENE = 191
const picture = LESSON_SCENES.size
const own = objectsOf(FIRST_SCENE)

/** The objects of an address. */
function objectsIn(query: string): readonly DrawnObject[] {
  if (query.includes('objects=')) return LESSON_OBJECTS
  const index = /picture=scene-(\d+)/.exec(query)?.[1]
  return objectsOf(Number(index ?? FIRST_SCENE))
}

/** The library's answer to an address of the sandbox. */
async function ledgersHere(query: string) {
  const objects = objectsIn(query)
  const values = decodeValues(CONTROLS, new URLSearchParams(query))
  const setting = { ...values, stride: Number(values.stride), ratios: Number(values.ratios) }
  const about = { classes: SHAPE_CLASSES, model: null }
  const config = rightConfig(configOf(setting, about), values.bug)
  const right = situationOf(config, objects, picture)
  const match = { ...config.match, matchIouThreshold: OWN_IOU[values.variant] }
  const answers = imagine(situationOf({ ...config, match }, objects, picture), values)
  const judge = async (told: Situation) => {
    const program = await compileLoss(engine, told.config as ModelConfig)
    const ledger = ledgerOf(told, await runLoss(program, answers, told.targets), right)
    await program.close()
    return ledger
  }
  const wrong = withBug(right, values.bug, picture)
  return { right: await judge(right), wrong: wrong && (await judge(wrong)) }
}

type Ledger = Awaited<ReturnType<typeof ledgersHere>>['right']

async function compare({ page, number }: OpenPage, ledger: Ledger, prefix = '') {
  await page.waitForSelector('table[data-busy=false]')
  const near = (name: string, value: number) =>
    number(prefix + name).toSatisfy(
      (shown: number) => Math.abs(shown - value) < 5e-4 * Math.max(1, value),
      `${name} near ${value}`,
    )
  await near('loss', ledger.loss)
  await near('class-loss', ledger.classLoss)
  await near('offset-loss', ledger.offsetLoss)
  await near('background-share', ledger.backgroundShare)
  await number(`${prefix}positives`).toBe(ledger.positives)
  await number(`${prefix}negatives`).toBe(ledger.negatives)
  await number(`${prefix}on-nothing`).toBe(ledger.onNothing)
  await number(`${prefix}forgotten`).toBe(ledger.forgotten.length)
}

describe.skipIf(WITHOUT_BROWSER)('the sandbox', () => {
  const site = useSite()

  it.each([
    'learned=0.6',
    'variant=torchvision&iou=0.4&negatives=1',
    'variant=lesson9&iou=0.4&anchors=lesson9&gamma=2',
    'stride=64&size=100&sizes=1&ratios=1&learned=0',
  ])('loss, parts and who takes part are the library’s: %s', async (query) => {
    const open = await site.shared()
    await open.goTo(`sandbox?${query}`)
    await compare(open, (await ledgersHere(query)).right)
    expect(open.complaints).toEqual([])
  })

  it.each(EXAMPLES.map(({ title, link }) => ({ title, link })))(
    'the link “$title” shows what the bug costs',
    async ({ title, link }) => {
      const query = link.replace(/^.*\?/, '')
      const open = await site.shared()
      await open.goTo('sandbox')
      await open.page.getByRole('link', { name: title }).click()
      await open.page.waitForSelector('[data-number="wrong-loss"]')
      await open.page.waitForSelector(
        `[data-number="objects"][data-value="${objectsIn(query).length}"]`,
      )
      const { right, wrong } = await ledgersHere(query)
      await compare(open, right)
      await compare(open, wrong!, 'wrong-')
      expect(wrong!.loss).toBeGreaterThan(right.loss)
      expect(open.complaints).toEqual([])
    },
  )

  it('the IoU threshold moves the loss by jumps, and has no slope', async () => {
    const open = await site.shared()
    const { page, number } = open
    await open.goTo('sandbox?learned=0.6')
    await compare(open, (await ledgersHere('learned=0.6')).right)
    const losses: number[] = []
    const slider = page.getByLabel('Match IoU threshold', { exact: true })
    for (let step = 1; step <= 8; step++) {
      await slider.press('ArrowRight')
      const iou = (0.5 + 0.01 * step).toFixed(2)
      await page.waitForURL(new RegExp(`iou=${Number(iou)}(&|$)`))
      const { right } = await ledgersHere(`learned=0.6&iou=${iou}`)
      await compare(open, right)
      losses.push(right.loss)
    }
    expect(new Set(losses).size).toBeLessThan(losses.length)
    expect(new Set(losses).size).toBeGreaterThan(1)
    await number('slope-offset-outputs').toBeGreaterThan(0)
    await number('slope-match-IoU-threshold-outside-the-loss-').toBe(0)
  })

  it('draws, moves and deletes an object by keyboard', async () => {
    const { page, goTo, number, complaints } = await site.open()
    await goTo('sandbox')
    await page.locator('canvas').first().focus()
    await page.keyboard.press('n')
    await number('objects').toBe(own.length + 1)
    await page.keyboard.press('ArrowLeft')
    await page.waitForURL(/objects=/)
    await page.keyboard.press('Delete')
    await number('objects').toBe(own.length)
    await page.getByRole('button', { name: 'Empty picture' }).click()
    await page.waitForSelector('[data-number="positives"][data-value="0"]')
    await number('offset-loss').toBe(0)
    expect(complaints).toEqual([])
  })

  it('draws an object by mouse, and its address can be copied', async () => {
    const { page, goTo, number, complaints } = await site.open()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await goTo('sandbox')
    await page.getByRole('button', { name: 'Empty picture' }).click()
    await page.waitForSelector('[data-number="objects"][data-value="0"]')
    const area = (await page.locator('canvas').first().boundingBox())!
    const scale = area.width / picture.width
    const at = (x: number, y: number) => [area.x + x * scale, area.y + y * scale] as const
    await page.mouse.move(...at(100, 60))
    await page.mouse.down()
    await page.mouse.move(...at(260, 180), { steps: 5 })
    await page.mouse.up()
    await page.waitForSelector('[data-number="objects"][data-value="1"]')
    await page.waitForURL(/objects=\d/)
    const drawn = new URL(page.url()).hash.match(/objects=([^&]*)/)![1]!
    const sides = decodeURIComponent(drawn).split(',').slice(0, 4).map(Number)
    for (const [i, side] of [100, 60, 260, 180].entries())
      expect(Math.abs(sides[i]! - side)).toBeLessThanOrEqual(1)
    await number('positives').toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.getByText('Copied.').waitFor()
    const copied = () => page.evaluate('navigator.clipboard.readText()')
    await expect.poll(copied).toContain(`objects=${drawn}`)
    expect(complaints).toEqual([])
  })

  it('the staircase covers every stop of the slider', () => {
    expect([THRESHOLDS[0], THRESHOLDS.at(-1), THRESHOLDS.length]).toEqual([0.1, 0.9, 81])
  })

  it('answers with the loaded model when its anchors are chosen', async () => {
    const { page, goTo, number, complaints } = await site.open()
    await goTo('sandbox?anchors=model&detections=1')
    await page.getByText('The loaded model’s own').waitFor()
    await page.waitForSelector('table[data-busy=false]')
    await page.waitForSelector('[data-number="detections"]:not([data-value="0"])')
    const traced = (await page.evaluate(`(async () => {
      const { image, objects } = singleshot.picture.current
      const { loss, detections } = await singleshot.network.trace(image, { objects })
      return { loss: loss.loss, detections: detections.filter(({ score }) => score > 0.5).length }
    })()`)) as { loss: number; detections: number }
    await number('loss').toBeCloseTo(traced.loss, 3)
    await number('detections').toBe(traced.detections)
    expect(complaints).toEqual([])
  })
})
