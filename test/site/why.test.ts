import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { LESSON_SCENES } from '../../src/dataset/scene-options.ts'
import { generateScene } from '../../src/dataset/shapes.ts'
import { createEngine } from '../../src/engine/node.ts'
import type { Trace } from '../../src/explain/trace.ts'
import { traceImage } from '../../src/explain/trace-image.ts'
import { compileForTrace } from '../../src/explain/tracer.ts'
import { whyMissed } from '../../src/explain/why.ts'
import { whyDetected } from '../../src/explain/why-detected.ts'
import { averagedWeights } from '../../src/train/state.ts'
import { readModel } from '../../src/weights/model-file.ts'
import { type OpenPage, useSite, WITHOUT_BROWSER } from './open-site.ts'

const shipped = new URL('../../site/public/data/model.safetensors', import.meta.url)
const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

async function traceHere(index: number, nmsIouThreshold?: number): Promise<Trace> {
  const { config, weights } = readModel(readFileSync(shipped), 'model.safetensors')
  const tracer = await compileForTrace(engine, config, averagedWeights(weights))
  const { image, objects } = generateScene(1, index, LESSON_SCENES)
  const detect = nmsIouThreshold === undefined ? {} : { nmsIouThreshold }
  return traceImage(tracer, image, { objects, detect })
}

type Finding = ReturnType<typeof whyMissed> | ReturnType<typeof whyDetected>

/** The sentences without their numbers, and the numbers by themselves: two engines differ in the last digits. */
const wordsOf = (sentences: readonly string[]) =>
  sentences.map((s) => s.replace(/\d+(\.\d+)?/g, '#'))

const STORY = '[data-busy=false] [data-stage]'

/** Expects the library's finding on the page: its stage or kind, its sentences, its numbers. */
async function compare({ page, number }: OpenPage, told: string, finding: Finding) {
  const facts: Readonly<Record<string, number>> = finding.facts
  await page.waitForSelector(`[data-busy=false] [data-stage="${told}"]`)
  const sentences = page.locator(`${STORY} [data-sentence]`)
  await expect
    .poll(async () => wordsOf(await sentences.allInnerTexts()))
    .toEqual(wordsOf(finding.sentences))
  for (const [name, value] of Object.entries(facts))
    await number(`fact-${name}`).toBeCloseTo(value, 2)
}

describe.skipIf(WITHOUT_BROWSER)('lesson 13', () => {
  const site = useSite()

  it.each([
    { state: 'score=0.5', score: 0.5, nms: undefined },
    { state: 'score=0.99', score: 0.99, nms: undefined },
    { state: 'nms=0.6', score: 0.5, nms: 0.6 },
  ])('tells of every object what the library tells: $state', async ({ state, score, nms }) => {
    const open = await site.shared()
    const trace = await traceHere(1, nms)
    let found = 0
    for (const which of trace.objects.keys()) {
      const finding = whyMissed(trace, { object: which }, { shownScore: score })
      if (finding.stage === 'found') found += 1
      await open.goTo(`13-why?picture=scene-1&which=${which}&${state}`)
      await compare(open, finding.stage, finding)
    }
    await open.number('found').toBe(found)
    expect(open.complaints).toEqual([])
  })

  it('explains a detection', async () => {
    const open = await site.shared()
    const trace = await traceHere(1)
    const finding = whyDetected(trace, 0)
    await open.goTo('13-why?picture=scene-1')
    await open.page.waitForSelector(STORY)
    await open.page.getByRole('button', { name: 'detection 1:' }).click()
    await compare(open, finding.kind, finding)
  })

  it('explains a box that was drawn by keyboard, as the class that was chosen', async () => {
    const open = await site.open()
    const { page } = open
    await open.goTo('13-why?picture=scene-1')
    await page.waitForSelector(STORY)
    await page.locator('canvas').focus()
    await page.keyboard.press('n')
    await page.getByLabel('Your box should be found as').selectOption({ index: 1 })
    await page.waitForURL(/class=0/)
    const { width, height } = generateScene(1, 1, LESSON_SCENES).image
    const box = { x1: width * 0.4, y1: height * 0.4, x2: width * 0.6, y2: height * 0.6 }
    const finding = whyMissed(await traceHere(1), { box, classId: 0 })
    await compare(open, finding.stage, finding)
    expect(open.complaints).toEqual([])
  })

  it('asks for a box on a photo that nobody labelled', async () => {
    const { page, goTo, complaints } = await site.open()
    await goTo('13-why')
    await page.evaluate(`(async () => {
      const canvas = new OffscreenCanvas(200, 150)
      canvas.getContext('2d').fillRect(20, 20, 60, 60)
      const file = new File([await canvas.convertToBlob()], 'mine.png')
      await singleshot.picture.showFile(file)
    })()`)
    await page.waitForSelector('[data-busy=false] >> text=/labelled|no labels/')
    await page.locator('canvas').focus()
    await page.keyboard.press('n')
    await page.waitForSelector('[data-stage] ol')
    await page.getByText('this box has no label').waitFor()
    expect(complaints).toEqual([])
  })

  it('without a model offers the sandbox', async () => {
    const { page, goTo } = await site.open()
    await page.route('**/manifest.json', async (route) => {
      const manifest = await (await route.fetch()).json()
      await route.fulfill({ json: { ...manifest, model: null, snapshots: [] } })
    })
    await goTo('13-why')
    await page.locator('.figure').getByRole('link', { name: 'the sandbox' }).click()
    await page.waitForSelector('[data-lesson="sandbox"] [data-ready]')
    await expect.poll(() => page.url()).toContain('#/sandbox')
  })
})
