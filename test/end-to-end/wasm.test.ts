import { describe, expect, it } from 'vitest'
import { NO_AUGMENTATION } from '../../src/augment/options.ts'
import { tinyModel } from '../../src/config/tiny.ts'
import { TRAIN_DEFAULTS } from '../../src/config/train-defaults.ts'
import { generateShapes } from '../../src/dataset/shapes.ts'
import { detectImage } from '../../src/detect/detect.ts'
import { compileForDetection } from '../../src/detect/network.ts'
import type { Runtime } from '../../src/engine/engine.ts'
import { createEngine } from '../../src/engine/node.ts'
import { buildPyramid } from '../../src/image/pyramid.ts'
import { IDENTITY } from '../../src/image/transform.ts'
import { runTraining } from '../../src/train/loop.ts'
import { averagedWeights } from '../../src/train/state.ts'

const size = { width: 96, height: 64 }
const { dataset, images } = generateShapes({ scenes: 2, seed: 5, scene: { size } })
const pictureOf = new Map(dataset.examples.map(({ id }, i) => [id, images[i]!]))
const config = tinyModel(dataset.classes, size)

/** Losses of a few steps of the whole network, and what it detects then, with a runtime. */
async function learn(runtime: Runtime) {
  const engine = createEngine({ runtime, threads: 1 })
  try {
    const losses: number[] = []
    let weights: Awaited<ReturnType<typeof averagedWeights>> = new Map()
    await runTraining({
      engine,
      config,
      train: { ...TRAIN_DEFAULTS, batch: 2, learningRate: 0.003, averageDecay: 0.5 },
      augment: NO_AUGMENTATION,
      budget: { epochs: 3 },
      examples: dataset.examples,
      pictures: async ({ id }) => ({
        pyramid: buildPyramid(pictureOf.get(id)!, 1),
        scale: IDENTITY,
      }),
      onStep: ({ classLoss, offsetLoss }) => losses.push(classLoss, offsetLoss),
      onEpoch: async ({ finished, readState }) => {
        if (finished) weights = averagedWeights(await readState())
      },
    })
    const network = await compileForDetection(engine, config, weights)
    const { detections } = await detectImage(network, images[0]!, { scoreThreshold: 0 })
    return { losses, scores: detections.map(({ score }) => score) }
  } finally {
    await engine.close()
  }
}

describe('the engine in WebAssembly', () => {
  it('trains like the native one: losses of three steps, and the scores after them', async () => {
    const [native, wasm] = [await learn('native'), await learn('wasm')]
    expect(native.losses).toHaveLength(6)
    for (const [i, loss] of native.losses.entries())
      expect(Math.abs(wasm.losses[i]! - loss) / loss).toBeLessThan(1e-4)
    expect(native.losses[4]).not.toBe(native.losses[0])
    expect(native.scores.length).toBeGreaterThan(10)
    for (const [i, score] of native.scores.entries()) expect(wasm.scores[i]).toBeCloseTo(score, 4)
  })

  it('says what it is, and that it has no blocked layout', async () => {
    const engine = createEngine({ runtime: 'wasm' })
    const { runtime, threads, channelBlock } = await engine.capabilities()
    expect([runtime, threads, await channelBlock()]).toEqual(['wasm', 1, undefined])
    await engine.close()
  })

  it('refuses to write a profile, which it cannot', async () => {
    const engine = createEngine({ runtime: 'wasm', profile: 'out' })
    const compiling = engine.compile({ bytes: new Uint8Array() })
    await expect(compiling).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: 'compile: expected no profile, which only the native engine can write, got out',
    })
    await engine.close()
  })
})
