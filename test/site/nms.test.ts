import { describe, expect, it } from 'vitest'
import { makeUpAnswers } from '../../site/src/lessons/10-boxes/made-up.ts'
import {
  boxIou,
  generateScene,
  LESSON_SCENES,
  nmsPerClass,
  packCorners,
  SHAPE_CLASSES,
  selectFromProbabilities,
} from '../../src/core.ts'
import { useSite, WITHOUT_BROWSER } from './open-site.ts'

const { image, objects } = generateScene(1, 191, LESSON_SCENES)
const answers = makeUpAnswers(image, objects, SHAPE_CLASSES)

/** What the library makes of the made-up answers. */
function selectByLibrary(nmsIouThreshold: number, scoreThreshold = 0.3) {
  const kinds: string[] = []
  selectFromProbabilities(answers.probabilities, answers.offsets, answers.anchors, {
    ...answers.config.detect,
    ...{ scoreThreshold, nmsIouThreshold },
    classes: SHAPE_CLASSES,
    inputSize: answers.config.input,
    imageSize: image,
    onVerdict: ({ kind }) => kinds.push(kind),
  })
  return { candidates: kinds.length, kept: kinds.filter((kind) => kind === 'kept').length }
}

/** Two that overlap, one apart, one of the other class. */
const OWN = [
  [20, 30, 120, 130, 0],
  [40, 30, 140, 130, 0],
  [250, 40, 330, 200, 0],
  [20, 30, 120, 140, 1],
] as const
const SCORES = [0.9, 0.8, 0.7, 0.85]
const STATE = `11-nms?from=own&own=${OWN.map((row) => row.join(',')).join(';')}&a=0.9&b=0.8&c=0.7&d=0.85`
const boxes = OWN.map(([x1, y1, x2, y2]) => ({ x1, y1, x2, y2 }))
const keepByLibrary = (nmsIouThreshold: number) =>
  nmsPerClass(
    packCorners(boxes),
    Float32Array.from(SCORES),
    OWN.map((row) => row[4]),
    { nmsIouThreshold },
  )

describe.skipIf(WITHOUT_BROWSER)('lesson 11', () => {
  const site = useSite()

  it('keeps of a picture’s candidates what the library keeps, at any threshold', async () => {
    const { page, goTo, number, numbers, complaints } = await site.shared()
    for (const threshold of [0.1, 0.45, 0.8]) {
      await goTo(`11-nms?from=made-up&class=-2&nms=${threshold}`)
      await page.locator('[data-number=kept]').waitFor()
      const { candidates, kept } = selectByLibrary(threshold)
      await numbers('candidates', 'kept').toEqual([candidates, kept])
    }
    await page.getByRole('slider', { name: 'NMS IoU threshold' }).press('Home')
    await page.waitForURL(/nms=0(&|$)/)
    await number('kept').toBe(selectByLibrary(0).kept)
    expect(selectByLibrary(0).kept).toBeLessThan(selectByLibrary(0.8).kept)
    expect(complaints).toEqual([])
  })

  it('keeps of own boxes what nmsPerClass keeps', async () => {
    const { page, goTo, number, complaints } = await site.shared()
    for (const threshold of [0.45, 0.7]) {
      await goTo(`${STATE}&nms=${threshold}`)
      await page.locator('[data-number=kept]').waitFor()
      await number('kept').toBe(keepByLibrary(threshold).length)
    }
    expect([keepByLibrary(0.45).length, keepByLibrary(0.7).length]).toEqual([3, 4])
    expect(complaints).toEqual([])
  })

  it('says who removes whom, with the library’s IoU', async () => {
    const { page, goTo, number } = await site.shared()
    await goTo(`${STATE}&step=2`)
    await page.getByRole('button', { name: 'Next', exact: true }).click() // from D, a dog, to B
    await page.waitForURL(/step=3/)
    await number('current-score').toBeCloseTo(0.8, 6)
    await number('largest-iou').toBeCloseTo(boxIou(boxes[0]!, boxes[1]!), 6)
    await page.getByText('removed: IoU 0.67 with box A, above 0.45').waitFor()
    await page.getByText('other classes play no part').waitFor()
  })

  it('a box that is moved away by keyboard comes back', async () => {
    const { page, goTo, number } = await site.open()
    await goTo(STATE)
    await number('kept').toBe(3)
    await page.locator('canvas').focus()
    await page.keyboard.press('Enter') // The first is chosen at first; this is the second.
    for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight')
    await page.waitForURL(/own=20,30,120,130,0;(?!40,)/)
    await number('kept').toBe(4)
  })

  it('keeps of the network’s candidates as many as the network detects', async () => {
    const { page, goTo, number, complaints } = await site.shared()
    await goTo('11-nms?class=-2&nms=0.2&score=0.1')
    await page.locator('[data-number=kept]').waitFor()
    const kept = await page.evaluate(`singleshot.network
      .detect(singleshot.picture.current.image, { scoreThreshold: 0.1, nmsIouThreshold: 0.2 })
      .then(({ detections }) => detections.length)`)
    expect(kept).toBeGreaterThan(0)
    await number('kept').toBe(kept)
    expect(complaints).toEqual([])
  })
})
