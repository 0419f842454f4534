import { afterAll, expect, it } from 'vitest'
import { NO_AUGMENTATION } from '../../src/augment/options.ts'
import { tinyModel } from '../../src/config/tiny.ts'
import { TRAIN_DEFAULTS } from '../../src/config/train-defaults.ts'
import { generateShapes } from '../../src/dataset/shapes.ts'
import { compileForDetection } from '../../src/detect/network.ts'
import { createEngine } from '../../src/engine/node.ts'
import { buildPyramid } from '../../src/image/pyramid.ts'
import { IDENTITY } from '../../src/image/transform.ts'
import { evaluateOn } from '../../src/node/evaluate.ts'
import { runTraining } from '../../src/train/loop.ts'
import { averagedWeights } from '../../src/train/state.ts'

const engine = createEngine()
afterAll(() => engine.close())

it('learns eight pictures by heart: mAP50 over .95 on them', async () => {
  const size = { width: 96, height: 80 }
  const { dataset, images } = generateShapes({
    scenes: 8,
    seed: 5,
    scene: { size, crowdedShare: 0 },
  })
  const pictureOf = new Map(dataset.examples.map(({ id }, i) => [id, images[i]!]))
  const config = tinyModel(dataset.classes, size)
  let weights: Awaited<ReturnType<typeof averagedWeights>> = new Map()
  await runTraining({
    engine,
    config,
    train: { ...TRAIN_DEFAULTS, averageDecay: 0.9, warmupSteps: 10 },
    augment: NO_AUGMENTATION,
    budget: { epochs: 50 },
    examples: dataset.examples,
    pictures: async ({ id }) => ({ pyramid: buildPyramid(pictureOf.get(id)!, 1), scale: IDENTITY }),
    onEpoch: async ({ finished, readState }) => {
      if (finished) weights = averagedWeights(await readState())
    },
  })
  const network = await compileForDetection(engine, config, weights)
  const readImage = async ({ id }: { id: string }) => pictureOf.get(id)!
  const { measures } = await evaluateOn(network, { dataset, readImage })
  expect(measures[0]).toMatchObject({ name: 'mAP50' })
  expect(measures[0]!.value).toBeGreaterThan(0.95)
}, 300_000)
