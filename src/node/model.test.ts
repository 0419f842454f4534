import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { tinyModel } from '../config/tiny.ts'
import { input } from '../graph/tensor.ts'
import { createImage } from '../image/image.ts'
import { initialWeights, Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import { writeModel } from '../weights/model-file.ts'
import { detect } from './detect.ts'
import { type LoadedModel, loadModel } from './model.ts'

const folder = await mkdtemp(join(tmpdir(), 'singleshot-model-'))
afterAll(() => rm(folder, { recursive: true }))

/** A model that has learned nothing, in a file. */
const file = join(folder, 'fresh.safetensors')
const config = tinyModel(['cat'], { width: 96, height: 64 })
const scope = new Scope('evaluate')
ssd(scope, input('images', [1, 3, 64, 96]), config)
const shapes = new Map(
  [...scope.parameters, ...scope.statistics].map(({ name, tensor }) => [name, tensor.shape]),
)
await writeFile(file, writeModel({ config, weights: initialWeights(scope, 1), notes: {} }, shapes))

const picture = createImage({ width: 96, height: 64 })

describe('a loaded model', () => {
  it('rejects detections after closing and those under way, and may be closed again', async () => {
    const model = await loadModel(file, { threads: 1 })
    const underWay = Promise.allSettled([detect(model, picture), detect(model, picture)])
    await Promise.all([model.close(), model.close()])
    for (const outcome of await underWay)
      expect(outcome).toMatchObject({ reason: { code: 'E_CLOSED' } })
    await expect(detect(model, picture)).rejects.toMatchObject({ code: 'E_CLOSED' })
    await expect(model.close()).resolves.toBeUndefined()
  })

  it('is closed at the end of a block that declares it with await using', async () => {
    let escaped: LoadedModel
    {
      await using model = await loadModel(file, { threads: 1 })
      escaped = model
      expect(await detect(model, picture)).toBeInstanceOf(Array)
    }
    await expect(detect(escaped, picture)).rejects.toMatchObject({ code: 'E_CLOSED' })
  })
})
