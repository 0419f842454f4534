import { readdirSync } from 'node:fs'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { anchorsOf } from '../../src/anchor/model-anchors.ts'
import { packCorners } from '../../src/box/box.ts'
import { scaleBox } from '../../src/box/scale.ts'
import { tinyModel } from '../../src/config/tiny.ts'
import { LESSON_SCENES } from '../../src/dataset/scene-options.ts'
import { SHAPE_CLASSES } from '../../src/dataset/shape-outline.ts'
import { generateScene } from '../../src/dataset/shapes.ts'
import { matchObjects } from '../../src/match/match.ts'
import { count, texts, useSite, WITHOUT_BROWSER } from './open-site.ts'

const scene = generateScene(1, 191, LESSON_SCENES)
const config = tinyModel(SHAPE_CLASSES, { width: 256, height: 192 })
const anchors = anchorsOf(config)

/** The thirteen numbered lessons. */
const LESSONS = readdirSync(new URL('../../site/src/lessons/', import.meta.url)).filter((name) =>
  /^(?!00)\d\d-/.test(name),
)

describe.skipIf(WITHOUT_BROWSER)('the map', () => {
  const site = useSite()

  it('shows what goes from part to part, as the library has it', async () => {
    const { page, goTo, number, complaints } = await site.shared()
    await goTo('00-map')
    const corners = packCorners(
      scene.objects.map(({ box }) => scaleBox(box, scene.image, config.input)),
    )
    const { matched } = matchObjects(corners, anchors.corners, config.match)
    await number('map-labels').toBe(scene.objects.length)
    await number('map-matching').toBe(scene.objects.length * anchors.count)
    await number('map-targets').toBe(matched.filter((object) => object >= 0).length)
    await number('map-numbers').toBe(anchors.count * (SHAPE_CLASSES.length + 5))
    const told = (await page.evaluate(`(async () => {
      const { image, objects } = singleshot.picture.current
      const { loss, detections } = await singleshot.network.trace(image, { objects })
      return { loss: loss.loss, shown: detections.filter(({ score }) => score >= 0.5).length }
    })()`)) as { loss: number; shown: number }
    await number('map-loss').toBe(told.loss)
    await number('map-detections').toBe(told.shown)
    expect(complaints).toEqual([])
  })

  it('counts how many cells of the matching table the network changed: none of 45,720', async () => {
    const { page, goTo, number } = await site.shared()
    await goTo('00-map')
    await number('changed-cells').toBe(0)
    await texts(page.locator('[data-number=changed-cells]')).toEqual(['0 of 45,720'])
  })

  it('sends one picture through all parts, and keeps the part in the address', async () => {
    const { page, goTo } = await site.open()
    await goTo('00-map')
    const heading = page.getByRole('region', { name: 'The open part' }).locator('h2')
    for (const name of [
      'Picture',
      'Network',
      'One list of numbers',
      'Boxes',
      'NMS',
      'Detections',
      'Labels',
    ]) {
      await texts(heading).toEqual([name])
      await page.getByRole('button', { name: 'Next', exact: true }).click()
    }
    await page.waitForURL(/part=matching/)
  })

  it('opens a part where it is clicked, and leads to its lesson, whose strip leads back', async () => {
    const { page, goTo, complaints } = await site.open()
    await goTo('00-map')
    await page.getByRole('button', { name: /^NMS/ }).click()
    await page.getByRole('link', { name: 'Lesson 11: One box per object: NMS' }).click()
    await page.waitForSelector('[data-lesson="11-nms"]')
    const strip = page.getByRole('navigation', { name: 'Where this lesson is on the map' })
    await texts(strip.locator('[aria-current=step]')).toEqual(['NMS'])
    await strip.getByRole('link', { name: 'Loss' }).click()
    await page.waitForSelector('[data-lesson="00-map"]')
    await texts(page.getByRole('region', { name: 'The open part' }).locator('h2')).toEqual(['Loss'])
    expect(complaints).toEqual([])
  })

  it('every lesson lights a part of the strip', async () => {
    const { page, goTo } = await site.shared()
    for (const id of LESSONS) {
      await goTo(id)
      await count(page.locator('[aria-current=step]')).toBeGreaterThan(0)
    }
  })

  it('without labels the learning lane says so, and the using lane runs', async () => {
    const { page, goTo, number, complaints } = await site.open()
    await goTo('00-map')
    const blank = { width: 40, height: 30, channels: 3, background: 'grey' } as const
    const buffer = await sharp({ create: blank }).png().toBuffer()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer })
    await texts(page.locator('[data-number=map-labels]')).toEqual(['no labels here'])
    await number('map-picture').toBe(1200)
    await number('map-detections').toBeGreaterThanOrEqual(0)
    await count(page.locator('[data-number=changed-cells]')).toBe(0)
    expect(complaints).toEqual([])
  })
})
