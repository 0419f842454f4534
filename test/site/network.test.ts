import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { tinyModel } from '../../src/config/tiny.ts'
import { LESSON_SCENES } from '../../src/dataset/scene-options.ts'
import { SHAPE_CLASSES } from '../../src/dataset/shape-outline.ts'
import { generateScene } from '../../src/dataset/shapes.ts'
import type { Detection } from '../../src/detect/detection.ts'
import { input } from '../../src/graph/tensor.ts'
import { initialWeights, Scope } from '../../src/network/scope.ts'
import { ssd } from '../../src/network/ssd.ts'
import { detect } from '../../src/node/detect.ts'
import { loadModel } from '../../src/node/model.ts'
import { writeModel } from '../../src/weights/model-file.ts'
import { useSite, WITHOUT_BROWSER } from './open-site.ts'

const folder = mkdtempSync(join(tmpdir(), 'site-'))
const file = join(folder, 'fresh.safetensors')
afterAll(() => rmSync(folder, { recursive: true }))

/** The first scene of the page. */
const scene = generateScene(1, 191, LESSON_SCENES)

/** What the page adds up from a trace. */
interface Sums {
  readonly shares: number
  readonly loss: number
  readonly objects: number
  readonly anchors: number
}

/** A network with fresh weights says nonsense, but the same nonsense everywhere. */
function writeFreshModel(): void {
  const config = tinyModel(SHAPE_CLASSES, { width: 320, height: 240 })
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, 240, 320]), config)
  const tensors = [...scope.parameters, ...scope.statistics]
  const shapes = new Map(tensors.map(({ name, tensor }) => [name, tensor.shape]))
  writeFileSync(file, writeModel({ config, weights: initialWeights(scope, 3), notes: {} }, shapes))
}
writeFreshModel()

describe.skipIf(WITHOUT_BROWSER)('the network in the page', () => {
  const site = useSite({ model: file })

  it('detects as Node does, within a thousandth', async () => {
    const { page, goTo, complaints } = await site.shared()
    await goTo('01-answer')
    const ask =
      'singleshot.network.detect(singleshot.picture.current.image, { scoreThreshold: 0.01 })'
    const here = (await page.evaluate(ask)) as { detections: Detection[] }
    const model = await loadModel(file, { threads: 1 })
    const there = await detect(model, scene.image, { scoreThreshold: 0.01 })
    await model.close()
    expect(there.length).toBeGreaterThan(0)
    expect(here.detections).toHaveLength(there.length)
    there.forEach(({ score, box, classId }, i) => {
      const found = here.detections[i]!
      expect(found.classId).toBe(classId)
      expect(Math.abs(found.score - score)).toBeLessThan(1e-3)
      for (const side of ['x1', 'y1', 'x2', 'y2'] as const)
        expect(Math.abs(found.box[side] - box[side])).toBeLessThan(0.5)
    })
    expect(complaints).toEqual([])
  })

  it('computes in threads, because the server isolates the page', async () => {
    const { page, goTo } = await site.shared()
    await goTo('01-answer')
    await expect.poll(() => page.evaluate('crossOriginIsolated')).toBe(true)
  })

  it('traces the picture with its objects', async () => {
    const { page, goTo, complaints } = await site.shared()
    await goTo('01-answer')
    // Added up in the page: thousands of stories take long to bring here.
    const sums = (await page.evaluate(`(async () => {
      const { image, objects } = singleshot.picture.current
      const { anchors, loss, objects: traced } = await singleshot.network.trace(image, { objects })
      const shares = anchors.reduce((sum, { loss }) => sum + loss.classShare + loss.offsetShare, 0)
      return { shares, loss: loss.loss, objects: traced.length, anchors: anchors.length }
    })()`)) as Sums
    expect(sums.objects).toBe(scene.objects.length)
    expect(sums.anchors).toBeGreaterThan(3000)
    expect(Math.abs(sums.shares - sums.loss)).toBeLessThan(1e-4 * sums.loss)
    expect(complaints).toEqual([])
  })
})

describe.skipIf(WITHOUT_BROWSER)('a damaged model', () => {
  const site = useSite({ model: file })

  it('is told in a sentence, with what to do', async () => {
    const { page, goTo } = await site.open()
    await page.route('**/model.safetensors', (route) => route.fulfill({ body: 'no model' }))
    await goTo('01-answer')
    const problem = await page.evaluate(
      'singleshot.network.load().then(() => ({ ...singleshot.network.problem }))',
    )
    expect(problem).toMatchObject({
      code: 'E_MODEL_FILE',
      remedy: expect.stringContaining('copy it again'),
    })
  })
})
