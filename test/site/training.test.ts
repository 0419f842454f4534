import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { generateScene, LESSON_SCENES, readPageManifest } from '../../src/core.ts'
import { readDetector } from '../../src/node/model.ts'
import { traceWith } from '../../src/node/why.ts'
import { count, useSite, WITHOUT_BROWSER } from './open-site.ts'

const DATA = new URL('../../site/public/data/', import.meta.url)
const manifest = readPageManifest(JSON.parse(readFileSync(new URL('manifest.json', DATA), 'utf8')))
const { image, objects } = generateScene(1, 191, LESSON_SCENES)

/** What a snapshot makes of the first scene, in Node. */
async function traceSnapshot(step: number) {
  const file = fileURLToPath(new URL(manifest.snapshots[step]!.file, DATA))
  const detect = { scoreThreshold: 0.05 }
  return traceWith(await readDetector(file), image, { objects, detect, engine: { threads: 1 } })
}

describe.skipIf(WITHOUT_BROWSER)('lesson 9', () => {
  const site = useSite()

  it('shows what each snapshot finds, and what it costs', async () => {
    const { page, goTo, number, complaints, axe } = await site.shared()
    await goTo('09-training?object=1')
    for (const step of [0, 1]) {
      const { loss, detections, objects: traced, anchors } = await traceSnapshot(step)
      const { bestAnchor, classId } = traced[1]!
      const { probabilities } = anchors[bestAnchor!]!.predicted
      await page.locator('[data-number=loss]').waitFor()
      await number('loss').toBeCloseTo(loss!.loss, 2)
      await number('detections').toBe(detections.filter(({ score }) => score >= 0.5).length)
      await number('class-loss').toBeCloseTo(loss!.classLoss, 2)
      await number('right').toBeCloseTo(probabilities[classId + 1]!, 2)
      await number('background').toBeCloseTo(probabilities[0]!, 2)
      await page.getByRole('button', { name: 'Next', exact: true }).click()
    }
    await page.waitForURL(/step=2/)
    expect(await axe()).toEqual([])
    expect(complaints).toEqual([])
  })

  it('a lower score shows more', async () => {
    const { page, goTo, number } = await site.shared()
    await goTo('09-training?score=0.1')
    await page.locator('[data-number=detections]').waitFor()
    const { detections } = await traceSnapshot(0)
    const over = (least: number) => detections.filter(({ score }) => score >= least).length
    await number('detections').toBe(over(0.1))
    await page.getByRole('slider', { name: 'Minimum score' }).press('ArrowLeft')
    await number('detections').toBe(over(0.05))
  })

  it('plays, but not where less motion is asked for', async () => {
    const lively = await site.open()
    await lively.goTo('09-training')
    await lively.page.getByRole('button', { name: 'Play' }).click()
    await lively.page.waitForURL(/step=1/)
    await lively.page.close()
    const still = await site.open({ lessMotion: true })
    await still.goTo('09-training')
    await still.page.getByRole('button', { name: 'Next', exact: true }).waitFor()
    await count(still.page.getByRole('button', { name: 'Play' })).toBe(0)
    await still.page.close()
  })

  it('without snapshots it says how to get them', async () => {
    const { page, goTo } = await site.open()
    const bare = { ...manifest, snapshots: [], metrics: [] }
    await page.route('**/manifest.json', (route) => route.fulfill({ json: bare }))
    await goTo('09-training')
    await page.getByText('This model came without snapshots').waitFor()
    await count(page.getByText('singleshot explain --model RUN')).toBeGreaterThan(0)
  })
})
