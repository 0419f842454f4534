import { describe, expect, it } from 'vitest'
import { anchorsOf } from '../../src/anchor/model-anchors.ts'
import { type Box, packCorners } from '../../src/box/box.ts'
import { scaleBox } from '../../src/box/scale.ts'
import { describePreset, type PresetName } from '../../src/config/presets.ts'
import { tinyModel } from '../../src/config/tiny.ts'
import { LESSON_SCENES } from '../../src/dataset/scene-options.ts'
import { generateScene } from '../../src/dataset/shapes.ts'
import { type MatchOptions, matchObjects } from '../../src/match/match.ts'
import { count as shown, useSite, WITHOUT_BROWSER } from './open-site.ts'

const scene = generateScene(1, 191, LESSON_SCENES)
const size = { width: scene.image.width, height: scene.image.height }
const sceneBoxes = scene.objects.map(({ box }) => box)

/** The library's matching of objects in pixels of the scene. */
function library(name: PresetName, boxes: readonly Box[], options: MatchOptions = {}) {
  const config =
    name === 'tiny'
      ? tinyModel(['object'], { width: 256, height: 192 })
      : describePreset(name, ['object'], [size])
  const { corners } = anchorsOf(config)
  const truth = packCorners(boxes.map((box) => scaleBox(box, size, config.input)))
  const match = matchObjects(truth, corners, options)
  const positivesOf = (m: number) => match.matched.filter((object) => object === m).length
  return { ...match, count: corners.length / 4, positivesOf }
}

const positivesIn = (matched: Int32Array) => matched.filter((object) => object >= 0).length

describe.skipIf(WITHOUT_BROWSER)('lesson 4', () => {
  const site = useSite()

  it.each([
    ['lesson9-simple', 0.5],
    ['lesson9', 0.4],
    ['tiny', 0.5],
    ['ssd300', 0.35],
  ] as const)('matches with %s at %d as the library does', async (name, matchIouThreshold) => {
    const { goTo, number, complaints } = await site.shared()
    await goTo(`04-matching?preset=${name}&threshold=${matchIouThreshold}`)
    const { matched, forced, positivesOf } = library(name, sceneBoxes, { matchIouThreshold })
    await number('positives').toBe(positivesIn(matched))
    for (const m of sceneBoxes.keys()) {
      await number(`positives-${m + 1}`).toBe(positivesOf(m))
      await number(`forced-${m + 1}`).toBe(forced[m])
    }
    expect(complaints).toEqual([])
  })

  it('its table holds the IoUs of the library', async () => {
    const { page, goTo } = await site.shared()
    await goTo('04-matching')
    const { ious, count } = library('lesson9-simple', sceneBoxes)
    const cells = page.locator('td[data-iou]')
    await shown(cells).toBeGreaterThanOrEqual(sceneBoxes.length ** 2)
    await expect
      .poll(() =>
        cells.evaluateAll(
          (all, { ious, count }) =>
            all.filter((cell) => {
              const of = (name: string) => Number(cell.getAttribute(`data-${name}`))
              return of('iou') !== ious[of('object') * count + of('anchor')]
            }).length,
          { ious: [...ious], count },
        ),
      )
      .toBe(0)
  })

  it('moving the threshold makes the positives jump, and the slope stays 0', async () => {
    const { page, goTo, number } = await site.shared()
    await goTo('04-matching?preset=ssd300')
    for (const matchIouThreshold of [0.7, 0.51, 0.3]) {
      await page.getByLabel('Match IoU threshold', { exact: true }).fill(String(matchIouThreshold))
      const { matched } = library('ssd300', sceneBoxes, { matchIouThreshold })
      await number('positives').toBe(positivesIn(matched))
      await number('slope').toBe(0)
      await number('jump-below').toBeLessThan(matchIouThreshold)
      await number('jump-above').toBeGreaterThanOrEqual(Math.fround(matchIouThreshold))
    }
  })

  it('two objects want one anchor: bipartite gives the next best, overwriting loses one', async () => {
    const { page, goTo, number, numbers } = await site.shared()
    await goTo('04-matching')
    await page.getByRole('button', { name: 'Make two objects compete' }).click()
    await page.getByText('Anchor 5 is the best anchor of objects 1 and 2').waitFor()
    await numbers('forced-1', 'forced-2').toEqual([5, 6])
    await number('without').toBe(0)
    await page.getByLabel('last one wins: overwriting (torchvision)').check()
    await numbers('forced-1', 'forced-2').toEqual([5, 5])
    await numbers('positives-1', 'without').toEqual([0, 1])
  })

  it('17 objects on 16 anchors leave one without', async () => {
    const { page, goTo, numbers } = await site.shared()
    await goTo('04-matching')
    await page.getByRole('button', { name: 'Show 17 objects' }).click()
    await numbers('positives', 'without').toEqual([16, 1])
  })

  it('objects are moved, made and deleted by keyboard, and live in the address', async () => {
    const { page, goTo, number, numbers } = await site.open()
    const box = { x1: 20, y1: 30, x2: 140, y2: 150 }
    await goTo('04-matching?objects=20,30,140,150,1')
    await number('forced-1').toBe(library('lesson9-simple', [box]).forced[0])
    await page.locator('canvas').focus()
    await page.keyboard.press('Enter')
    for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight')
    const moved = { ...box, x1: 140, x2: 260 } // 20 steps of 512 / 80, rounded: 6
    await page.waitForURL(/objects=140,30,260,150,1/)
    await number('forced-1').toBe(library('lesson9-simple', [moved]).forced[0])
    await page.keyboard.press('n')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Delete')
    await page.getByText('There is no object').waitFor()
    await numbers('positives', 'negatives').toEqual([0, 16])
  })
})
