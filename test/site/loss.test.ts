import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { generateScene, LESSON_SCENES, type Trace } from '../../src/core.ts'
import { readDetector } from '../../src/node/model.ts'
import { traceWith } from '../../src/node/why.ts'
import { useSite, WITHOUT_BROWSER } from './open-site.ts'

const SHIPPED = fileURLToPath(new URL('../../site/public/data/model.safetensors', import.meta.url))
const { image, objects } = generateScene(1, 191, LESSON_SCENES)

describe.skipIf(WITHOUT_BROWSER)('lesson 7', () => {
  const site = useSite()
  let kept: Trace | undefined
  const traced = async () => {
    kept ??= await traceWith(await readDetector(SHIPPED), image, {
      objects,
      engine: { threads: 1 },
    })
    return kept
  }

  it('the shares of all anchors add up to the loss of the engine', async () => {
    const { loss } = await traced()
    const { page, goTo, number, numbers, complaints, axe } = await site.shared()
    await goTo('07-loss')
    await page.locator('[data-number=sum]').waitFor()
    await numbers('sum', 'loss').toSatisfy(([sum, loss]: number[]) => Math.abs(sum! - loss!) < 5e-6)
    await number('loss').toBeCloseTo(loss!.loss, 3)
    await number('class-loss').toBeCloseTo(loss!.classLoss, 3)
    await number('offset-loss').toBeCloseTo(loss!.offsetLoss, 3)
    expect(await axe()).toEqual([])
    expect(complaints).toEqual([])
  })

  it('shows the errors of a chosen anchor, and of the hardest negative', async () => {
    const { anchors } = await traced()
    const positive = anchors.findIndex(({ target }) => target.class > 0)
    const { page, goTo, number } = await site.shared()
    await goTo(`07-loss?anchor=${positive}`)
    await page.locator('[data-number=share]').waitFor()
    const { classError, offsetError, classShare, offsetShare } = anchors[positive]!.loss!
    await number('class-error').toBeCloseTo(classError, 3)
    await number('offset-error').toBeCloseTo(offsetError, 3)
    await number('share').toBeCloseTo(classShare + offsetShare, 4)
    await page.getByRole('radio', { name: /hardest negatives/ }).check()
    await page.getByRole('group', { name: 'The most wrong' }).getByRole('button').first().click()
    const hardest = anchors
      .filter(({ target }) => target.class === 0)
      .reduce((worst, { loss }) => Math.max(worst, loss!.classError), 0)
    await number('class-error').toBeCloseTo(hardest, 3)
    await number('offset-error').toBe(0)
  })

  it('a made-up anchor: less of the wrong word, less error; background has no place', async () => {
    const { page, goTo, number } = await site.shared()
    await goTo('07-loss?background=0&cup=0&ball=0&off=0.5')
    await number('made-class').toBeCloseTo(Math.log(3), 10)
    await number('made-place').toBe(0)
    await page.getByRole('slider', { name: '“cup”' }).press('ArrowLeft')
    await number('made-class').toBeLessThan(Math.log(3))
    await page.getByRole('radio', { name: 'cup' }).check()
    await number('made-place').toBeCloseTo(0.5 - 0.1, 10) // beta .2
  })
})
