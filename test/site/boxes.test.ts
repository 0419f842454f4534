import { describe, expect, it } from 'vitest'
import { makeUpAnswers } from '../../site/src/lessons/10-boxes/made-up.ts'
import {
  decodeOffsets,
  generateScene,
  LESSON_SCENES,
  SHAPE_CLASSES,
  SHOWN_SCORE,
  selectFromProbabilities,
} from '../../src/core.ts'
import { count, texts, useSite, WITHOUT_BROWSER } from './open-site.ts'

const { image, objects } = generateScene(1, 191, LESSON_SCENES)
const answers = makeUpAnswers(image, objects, SHAPE_CLASSES)

/** What the library makes of the made-up answers. */
function selectByLibrary(scoreThreshold: number) {
  const verdicts: { kind: string; anchor: number; score: number }[] = []
  selectFromProbabilities(answers.probabilities, answers.offsets, answers.anchors, {
    ...answers.config.detect,
    scoreThreshold,
    classes: SHAPE_CLASSES,
    inputSize: answers.config.input,
    imageSize: image,
    onVerdict: (verdict) => verdicts.push(verdict),
  })
  return verdicts
}

describe.skipIf(WITHOUT_BROWSER)('lesson 10', () => {
  const site = useSite()

  it('counts every stage as the library does, and again when the threshold moves', async () => {
    const { page, goTo, number, complaints } = await site.shared()
    await goTo('10-boxes?answers=made-up&score=0.2')
    await page.locator('[data-number=pairs]').waitFor()
    const compare = async (threshold: number) => {
      const verdicts = selectByLibrary(threshold)
      const kept = verdicts.filter(({ kind }) => kind === 'kept')
      await number('pairs').toBe(answers.anchors.count * SHAPE_CLASSES.length)
      await number('claims').toBe(verdicts.length)
      await number('kept').toBe(kept.length)
      await number('shown').toBe(kept.filter(({ score }) => score >= SHOWN_SCORE).length)
      return verdicts.length
    }
    const before = await compare(0.2)
    await page.getByRole('slider', { name: 'Minimum score' }).press('PageUp')
    await page.waitForURL(/score=0\.(?!2(&|$))/)
    const moved = Number(/score=([\d.]+)/.exec(page.url())![1])
    expect(moved).toBeGreaterThan(0.2)
    const after = await compare(moved)
    expect(after).toBeLessThan(before)
    expect(complaints).toEqual([])
  })

  it('writes out a claim with the library’s numbers', async () => {
    const { page, goTo, number, numbers } = await site.shared()
    await goTo('10-boxes?answers=made-up&claim=3')
    await page.locator('[data-number=score]').waitFor()
    const { anchor, score } = selectByLibrary(0.3)[2]!
    await numbers('anchor', 'score').toEqual([anchor, score])
    const boxes = decodeOffsets(answers.offsets, answers.anchors.centreSizes)
    const sides = [...boxes.subarray(anchor * 4, anchor * 4 + 4)]
    await texts(page.locator('.sum strong')).toSatisfy(
      (results: string[]) =>
        results.length === 4 &&
        results.every((result, i) => Math.abs(Number(result) - sides[i]!) < 0.051),
    )
    await page.getByRole('button', { name: 'Next', exact: true }).click()
    await page.waitForURL(/claim=4/)
    await number('anchor').toBe(selectByLibrary(0.3)[3]!.anchor)
  })

  it('shows of the network what the network’s own detecting and tracing give', async () => {
    const { page, goTo, number, complaints } = await site.shared()
    await goTo('10-boxes?score=0.05')
    await page.locator('[data-number=kept]').waitFor()
    const told = (await page.evaluate(`(async () => {
      const { image } = singleshot.picture.current
      const detect = { scoreThreshold: 0.05 }
      const { detections } = await singleshot.network.detect(image, detect)
      const { anchors } = await singleshot.network.trace(image, { detect })
      return {
        kept: detections.length,
        shown: detections.filter(({ score }) => score >= ${SHOWN_SCORE}).length,
        claims: anchors.reduce((sum, { verdicts }) => sum + verdicts.length, 0),
      }
    })()`)) as Record<string, number>
    expect(told.kept).toBeGreaterThan(0)
    for (const name of ['kept', 'shown', 'claims']) await number(name).toBe(told[name])
    expect(complaints).toEqual([])
  })

  it('chooses a stage by keyboard, and keeps it in the address', async () => {
    const { page, goTo } = await site.shared()
    await goTo('10-boxes?answers=made-up')
    await page.getByRole('radio', { name: /Shifted and scaled/ }).focus()
    await page.keyboard.press('ArrowDown')
    await page.waitForURL(/stage=inside/)
    await count(page.getByRole('radio', { name: /Cut at the edge/, checked: true })).toBe(1)
  })
})
