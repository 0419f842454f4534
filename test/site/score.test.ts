import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { makeUpDetections } from '../../site/src/lessons/12-score/made-up.ts'
import { PICTURES, testPicture } from '../../site/src/lessons/12-score/test-pictures.ts'
import {
  averagePrecision,
  type EvaluatedImage,
  evaluateVoc,
  judgeClass,
  makeReport,
  precisionRecall,
  SHAPE_CLASSES,
} from '../../src/core.ts'
import { detect } from '../../src/node/detect.ts'
import { loadModel } from '../../src/node/model.ts'
import { useSite, WITHOUT_BROWSER } from './open-site.ts'

const pictures = Array.from({ length: PICTURES }, (_, i) => testPicture(i))
const found = makeUpDetections(pictures, SHAPE_CLASSES.length)
const images: EvaluatedImage[] = pictures.map(({ objects }, i) => ({
  groundTruth: objects,
  detections: found[i]!,
}))
const HEART = SHAPE_CLASSES.indexOf('heart')
const STATE = `12-score?from=made-up&class=${HEART}`

/** The curve of hearts, by the library. */
function curveByLibrary(iouThreshold: number) {
  const { judgements, objectCount } = judgeClass(images, { classId: HEART, iouThreshold })
  return { curve: precisionRecall(judgements, objectCount), judgements, objectCount }
}

const SHIPPED = fileURLToPath(new URL('../../site/public/data/model.safetensors', import.meta.url))

describe.skipIf(WITHOUT_BROWSER)('lesson 12', () => {
  const site = useSite()

  it('walks down the list with the library’s precision and recall', async () => {
    const { page, goTo, number, complaints } = await site.shared()
    await goTo(`${STATE}&line=4`)
    await page.locator('[data-number=precision]').waitFor()
    const { curve, judgements, objectCount } = curveByLibrary(0.5)
    const compare = async (line: number) => {
      await number('precision').toBe(curve.precision[line - 1])
      await number('recall').toBe(curve.recall[line - 1])
      await number('score').toBe(judgements[line - 1]!.score)
      const right = judgements.slice(0, line).filter(({ verdict }) => verdict === 'true-positive')
      await number('missed').toBe(objectCount - right.length)
    }
    await compare(4)
    await page.getByRole('slider', { name: 'Go down the list' }).press('End')
    await page.waitForURL(new RegExp(`line=${judgements.length}`))
    await compare(judgements.length)
    expect(complaints).toEqual([])
  })

  it('has the library’s AP by both rules and the mAP of its report, whatever the cursor', async () => {
    const { page, goTo, number } = await site.shared()
    const [headline, elevenPoint] = makeReport(images, SHAPE_CLASSES).measures
    for (const line of [1, 7]) {
      await goTo(`${STATE}&line=${line}`)
      await page.locator('[data-number=map]').waitFor()
      const { curve } = curveByLibrary(0.5)
      await number('ap').toBe(averagePrecision(curve, 'every-point'))
      await number('ap-11').toBe(averagePrecision(curve, '11-point'))
      await number('map').toBe(headline!.value)
    }
    await page.getByRole('radio', { name: 'at 11 recalls' }).check()
    await page.waitForURL(/points=11-point/)
    await number('map').toBe(elevenPoint!.value)
  })

  it('a stricter judge and doubles both cost', async () => {
    const { page, goTo, number } = await site.shared()
    await goTo(STATE)
    await page.locator('[data-number=map]').waitFor()
    const ap = averagePrecision(curveByLibrary(0.5).curve, 'every-point')
    await number('ap').toBe(ap)
    await page.getByRole('checkbox', { name: 'Find everything twice' }).check()
    await page.waitForURL(/doubles=1/)
    await number('ap').toBeLessThan(ap)
    await page.getByRole('checkbox', { name: 'Find everything twice' }).uncheck()
    await page.getByRole('slider', { name: 'IoU to count as correct' }).press('End')
    await page.waitForURL(/iou=0.95/)
    const strict = evaluateVoc(images, SHAPE_CLASSES, { iouThreshold: 0.95 })
    await number('map').toBe(strict.meanAveragePrecision)
    await number('ap').toBe(strict.classes[HEART]!.averagePrecision)
  })

  it('measures the network as Node does', async () => {
    const { page, goTo, number, complaints } = await site.shared()
    await goTo('12-score')
    await page.locator('[data-number=map]').waitFor()
    const model = await loadModel(SHIPPED, { threads: 1 })
    const there: EvaluatedImage[] = []
    for (const { image, objects } of pictures)
      there.push({
        groundTruth: objects,
        detections: await detect(model, image, { scoreThreshold: 0.01 }),
      })
    await model.close()
    const { meanAveragePrecision } = evaluateVoc(there, SHAPE_CLASSES)
    // Scores differ by a thousandth, so two neighbours of the list may change places.
    await number('map').toSatisfy((map: number) => Math.abs(map - meanAveragePrecision!) < 0.01)
    expect(complaints).toEqual([])
  })
})
