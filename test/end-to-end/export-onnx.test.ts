import { afterAll, describe, expect, it } from 'vitest'
import type { ModelConfig } from '../../src/config/model.ts'
import { PRESETS } from '../../src/config/presets.ts'
import { tinyModel } from '../../src/config/tiny.ts'
import { detectImage } from '../../src/detect/detect.ts'
import { exportOnnx } from '../../src/detect/export-onnx.ts'
import { compileForDetection } from '../../src/detect/network.ts'
import { createEngine } from '../../src/engine/node.ts'
import { input } from '../../src/graph/tensor.ts'
import { initialWeights, Scope } from '../../src/network/scope.ts'
import { ssd } from '../../src/network/ssd.ts'
import { createRandom } from '../../src/random/random.ts'
import type { Model } from '../../src/weights/model-file.ts'
import { detectElsewhere, expectSame, scene } from './run-onnx.ts'
import { SIZE } from './sets.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

/** Untrained weights, shaken so that every anchor sees something of its own in every picture. */
function shaken(config: ModelConfig): Model {
  const scope = new Scope('evaluate')
  const { width, height } = config.input
  ssd(scope, input('images', [1, 3, height, width]), config)
  const weights = initialWeights(scope, 1)
  const random = createRandom(5)
  for (const [name, values] of weights) {
    const inHead = name.startsWith('head')
    for (let i = 0; i < values.length; i++)
      if (name.endsWith('running_var')) values[i] = random.between(0.5, 1.5)
      else if (name.endsWith('running_mean')) values[i] = 0.1 * random.normal()
      else if (inHead && name.endsWith('weight')) values[i]! *= 10
  }
  return { config, weights, notes: {} }
}

/** The other way to ask for classes, and the other way to say "move and stretch". */
function likeLesson9(config: ModelConfig): ModelConfig {
  const classLoss = { name: 'focal', alpha: 0.25, gamma: 1 } as const
  return { ...config, boxCoder: { name: 'tanh' }, loss: { ...config.loss, classLoss } }
}

describe('an exported ONNX file, of an untrained network, detects what we detect', () => {
  const three = ['a', 'b', 'c']
  it.each<[name: string, config: ModelConfig]>([
    ['tiny', tinyModel(three, SIZE)],
    ['ssdlite320', PRESETS.ssdlite320.describe(three)],
    ['tiny with yes-or-no questions and boxes by tanh', likeLesson9(tinyModel(three, SIZE))],
  ])('%s', async (_, described) => {
    const config = { ...described, detect: { ...described.detect, scoreThreshold: 0.05 } }
    const model = shaken(config)
    const picture = scene(1, config.input)
    const network = await compileForDetection(engine, config, model.weights)
    const { detections } = await detectImage(network, picture)
    await network.program.close()
    expect(detections.length).toBeGreaterThan(20)
    expect(new Set(detections.map(({ classId }) => classId)).size).toBeGreaterThan(1)
    expectSame(await detectElsewhere(exportOnnx(model, { nms: true }), picture), detections)
  })
})
