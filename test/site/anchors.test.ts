import { describe, expect, it } from 'vitest'
import { featureMapsOf } from '../../src/anchor/model-anchors.ts'
import { describePreset, type PresetName } from '../../src/config/presets.ts'
import { generateAnchors, measureCoverage, tinyModel } from '../../src/core.ts'
import { LESSON_SCENES } from '../../src/dataset/scene-options.ts'
import { generateScene } from '../../src/dataset/shapes.ts'
import { useSite, WITHOUT_BROWSER } from './open-site.ts'

const { image, objects } = generateScene(1, 191, LESSON_SCENES)
const size = { width: image.width, height: image.height }

/** The library's answer: every anchor `times` as large, and how well they fit the scene. */
function library(name: PresetName, times = 1) {
  const config =
    name === 'tiny'
      ? tinyModel(['object'], { width: 256, height: 192 })
      : describePreset(name, ['object'], [size])
  const maps = featureMapsOf(config).map((map) => ({
    ...map,
    shapes: map.shapes.map(({ width, height }) => {
      return { width: width * times, height: height * times }
    }),
  }))
  const example = { id: 'a', imagePath: 'a', size, objects }
  const anchors = generateAnchors(maps)
  return { maps, anchors, coverage: measureCoverage([example], anchors, { input: config.input }) }
}

describe.skipIf(WITHOUT_BROWSER)('lesson 3', () => {
  const site = useSite()

  it.each(['tiny', 'ssd300', 'ssdlite320', 'lesson9', 'lesson9-simple'] as const)(
    'counts the anchors of %s and measures how they fit',
    async (name) => {
      const { goTo, number, complaints } = await site.shared()
      await goTo(`03-anchors?preset=${name}`)
      const { maps, anchors, coverage } = library(name)
      await number('anchors').toBe(anchors.count)
      for (const [i, { gridWidth, gridHeight, shapes }] of maps.entries())
        await number(`in-map-${i + 1}`).toBe(gridWidth * gridHeight * shapes.length)
      for (const [i, { bestIou }] of coverage.objects.entries())
        await number(`best-${i + 1}`).toBe(bestIou)
      await number('mean-best').toBe(coverage.meanBestIou)
      expect(complaints).toEqual([])
    },
  )

  it('fits worse when all anchors are too large', async () => {
    const { page, goTo, number } = await site.shared()
    await goTo('03-anchors?preset=ssd300&times=3')
    const { coverage } = library('ssd300', 3)
    await number('mean-best').toBe(coverage.meanBestIou)
    await number('reached').toBe(coverage.objects.filter(({ bestIou }) => bestIou >= 0.5).length)
    await page.getByRole('slider').fill('1')
    await number('mean-best').toBe(library('ssd300').coverage.meanBestIou)
  })

  it('chooses a cell by keyboard and a map by its line, and keeps both in the address', async () => {
    const { page, goTo, number, numbers } = await site.open()
    await goTo('03-anchors?preset=ssd300')
    await page.getByLabel('Map 5').check()
    await number('in-cell').toBe(4)
    await numbers('column', 'row').toEqual([2, 2])
    await page.locator('canvas').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowUp')
    await numbers('column', 'row').toEqual([3, 1])
    // The address follows after a pause: it must hold the cell too before the page is loaded from it.
    await page.waitForURL(({ hash }) => ['map=5', 'x=', 'y='].every((part) => hash.includes(part)))
    await page.reload()
    await page.waitForSelector('[data-ready]')
    await numbers('column', 'row').toEqual([3, 1])
  })

  it('takes a grid of one’s own: cells × rows × shapes', async () => {
    const { page, goTo, number } = await site.shared()
    await goTo('03-anchors?preset=own&cells=8&sizes=3&ratio=1.5')
    await number('anchors').toBe(8 * 6 * 3 * 3)
    await page.getByLabel('Width ÷ height of wide anchors').fill('1')
    await number('anchors').toBe(8 * 6 * 3)
  })

  it('shows all 8,732 as a table too', async () => {
    const { page, goTo, complaints } = await site.shared()
    await goTo('03-anchors?preset=ssd300&show=all')
    await page.getByText('Table: All 8,732 anchors, in input pixels').click()
    await page.getByText('Rows 1 to 20 of 8,732').waitFor()
    expect(complaints).toEqual([])
  })
})
