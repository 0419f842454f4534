import { readFileSync } from 'node:fs'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { createEngine } from '../../../src/engine/node.ts'
import { LoadedModels } from './loaded-models.ts'

const bytes = readFileSync(new URL('../../public/data/model.safetensors', import.meta.url))
const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())
afterEach(() => vi.unstubAllGlobals())

/** A server that answers with these statuses, one after the other, and then well; and the addresses asked for. */
function serving(...statuses: number[]) {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    const status = statuses[asked.length] ?? 200
    asked.push(url)
    return new Response(status === 200 ? bytes : 'no model', { status })
  })
  return asked
}

it('fetches a model once, however it is used', async () => {
  const asked = serving()
  const models = new LoadedModels(engine)
  const [model, detector, tracer] = await Promise.all([
    models.model('a/model.safetensors'),
    models.detector('a/model.safetensors'),
    models.tracer('a/model.safetensors'),
  ])
  expect(model.bytes).toBe(bytes.length)
  expect(await models.detector('a/model.safetensors')).toBe(detector)
  expect(await models.tracer('a/model.safetensors')).toBe(tracer)
  expect(asked).toEqual(['a/model.safetensors'])
})

it('fetches again after a failure, for whatever use', async () => {
  for (const use of ['model', 'detector', 'tracer'] as const) {
    const asked = serving(503)
    const models = new LoadedModels(engine)
    await expect(models[use]('model.safetensors')).rejects.toMatchObject({
      problem: {
        code: 'E_MODEL_MISSING',
        sentence: 'The model model.safetensors is not beside this page.',
      },
    })
    expect(await models[use]('model.safetensors')).toBeDefined()
    expect(asked).toHaveLength(2)
  }
})

it('compiles again after the engine failed', async () => {
  serving()
  const models = new LoadedModels(engine)
  vi.spyOn(engine, 'compile').mockRejectedValueOnce(new Error('no memory'))
  await expect(models.detector('model.safetensors')).rejects.toThrow('no memory')
  expect((await models.detector('model.safetensors')).program).toBeDefined()
})
