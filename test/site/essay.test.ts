import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { essayPage, essayPictures } from '../../site/essay-page.ts'
import { SHOWN_SCORE } from '../../src/core.ts'
import { LESSON_SCENES } from '../../src/dataset/scene-options.ts'
import { generateScene } from '../../src/dataset/shapes.ts'
import { createEngine } from '../../src/engine/node.ts'
import type { Trace } from '../../src/explain/trace.ts'
import { traceImage } from '../../src/explain/trace-image.ts'
import { compileForTrace } from '../../src/explain/tracer.ts'
import { whyDetected } from '../../src/explain/why-detected.ts'
import { readModel } from '../../src/weights/model-file.ts'
import { count, useSite, WITHOUT_BROWSER } from './open-site.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const essay = read('docs/ssd-in-plain-english.md')
const prose = essay.replace(/\s+/g, ' ')
const whole = (value: number) => value.toLocaleString('en')

const engine = createEngine({ threads: 2 })
afterAll(() => engine.close())

async function traceBy(file: string): Promise<{ trace: Trace; weightCount: number }> {
  const bytes = new Uint8Array(readFileSync(new URL(`site/public/data/${file}`, root)))
  const { config, weights } = readModel(bytes, file)
  const { image, objects } = generateScene(1, 191, LESSON_SCENES)
  const trace = await traceImage(await compileForTrace(engine, config, weights), image, { objects })
  return { trace, weightCount: [...weights.values()].reduce((sum, { length }) => sum + length, 0) }
}

describe('the essay', () => {
  let trace: Trace
  let weightCount: number
  beforeAll(async () => {
    ;({ trace, weightCount } = await traceBy('model.safetensors'))
  })

  it('has the numbers of the page: anchors, matching, outputs, loss, weights', () => {
    const { objects, anchors, loss, config } = trace
    const perAnchor = config.classes.length + 5
    expect(objects).toHaveLength(5)
    for (const sentence of [
      `Our small network has ${whole(anchors.length)} of them`,
      `5 × ${whole(anchors.length)} = ${whole(5 * anchors.length)} IoUs`,
      `${loss!.positives} anchors are responsible for the five objects. The other ${whole(anchors.length - loss!.positives)}`,
      `${perAnchor} numbers per anchor, ${whole(anchors.length)} × ${perAnchor} = ${whole(anchors.length * perAnchor)} numbers`,
      `three per responsible anchor: here ${loss!.minedNegatives}`,
      `the class part comes to ${loss!.classLoss.toFixed(2)} and the place part to ${loss!.offsetLoss.toFixed(2)}. The loss is ${loss!.loss.toFixed(2)}`,
      `the ${whole(weightCount)} weights of the network`,
    ])
      expect(prose).toContain(sentence)
  })

  it('has the numbers of the star and its best anchor', () => {
    const star = trace.objects[3]!
    expect(star.className).toBe('star')
    const { box, target } = trace.anchors[star.bestAnchor!]!
    expect(prose).toContain(`covers it with an IoU of ${star.bestIou.toFixed(2)}`)
    expect([box[2] - box[0], box[3] - box[1], star.box[2] - star.box[0]]).toEqual([40, 40, 57.5])
    const [dx, dy, dw, dh] = target.offsets!.map((offset) => Number(offset.toFixed(2)))
    expect([dy, dh]).toEqual([0, 0])
    expect(prose).toContain(`to the right: 3.75 ÷ 40 ÷ 0.1 = ${dx}`)
    expect(prose).toContain(`wider: ln(57.5 ÷ 40) ÷ 0.2 = ${dw}`)
  })

  it('has the loss of the first snapshot', async () => {
    const { trace: early } = await traceBy('snapshots/step-0000300.safetensors')
    expect(prose).toContain(`the loss of our picture is ${early.loss!.loss.toFixed(2)}`)
  })

  it('has the claims and detections, and which of them are wrong', () => {
    const shown = trace.anchors
      .flatMap(({ verdicts }) => verdicts)
      .filter(({ score }) => score >= SHOWN_SCORE)
    const kept = trace.detections.filter(({ score }) => score >= SHOWN_SCORE)
    expect(prose).toContain(`For the claims that are left, ${shown.length} of them`)
    expect(prose).toContain(`It removes ${shown.length - kept.length} of the ${shown.length} boxes`)
    const wrong = kept.flatMap((one, i) =>
      whyDetected(trace, i).kind === 'right' ? [] : [one.className],
    )
    expect(kept).toHaveLength(8)
    expect(wrong.toSorted()).toEqual(['circle', 'cross', 'cross'])
  })

  it('quotes lines that are in the sources, each in the file that it names', () => {
    const quoted = [...essay.matchAll(/`(src\/[\w/.-]+\.ts)`:\n\n```ts\n([\s\S]*?)```/g)]
    expect(quoted.length).toBeGreaterThan(4)
    for (const [, path, code] of quoted)
      for (const line of code!.trim().split('\n')) expect(read(path!)).toContain(line.trim())
  })

  it('takes ten minutes to read', () => {
    const words = essay.replace(/```[\s\S]*?```/g, '').split(/\s+/).length
    expect(words).toBeGreaterThan(2000)
    expect(words).toBeLessThan(2800)
  })

  it('becomes a page with all its pictures, and no script', () => {
    const pictures = essayPictures(essay)
    expect(pictures).toHaveLength(6)
    for (const path of pictures)
      expect(readFileSync(new URL(`docs/${path}`, root)).length).toBeGreaterThan(10_000)
    const page = essayPage(essay)
    expect(page).toContain('<h1>SSD in plain English</h1>')
    expect(page).not.toContain('<script')
    expect(page).not.toMatch(/href="[^"]*\.md"/)
  })
})

describe.skipIf(WITHOUT_BROWSER)('the essay beside the page', () => {
  const site = useSite()

  it('is there, accessible, with every picture', async () => {
    const { page, axe, complaints } = await site.open()
    await page.goto(`${site.address()}essay.html`)
    await count(page.locator('img')).toBe(6)
    const broken =
      '[...document.images].filter(({ complete, naturalWidth }) => !complete || naturalWidth === 0).length'
    await expect.poll(() => page.evaluate(broken)).toBe(0)
    expect(await axe()).toEqual([])
    expect(complaints).toEqual([])
  })
})
