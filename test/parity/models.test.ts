/**
 * SSD300 and SSDLite320 against torchvision's: same weights, same pictures, same targets; evaluation, losses, gradients,
 * and one step of SGD. The answers come from make_models.py, which says how they are stored.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anchorsOf } from '../../src/anchor/model-anchors.ts'
import type { ModelConfig } from '../../src/config/model.ts'
import { describePreset } from '../../src/config/presets.ts'
import type { Detection } from '../../src/detect/detection.ts'
import { compileForDetection } from '../../src/detect/network.ts'
import { selectFromProbabilities } from '../../src/detect/select.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { createEngine } from '../../src/engine/node.ts'
import { toOnnx } from '../../src/graph/onnx.ts'
import { type Floats, input } from '../../src/graph/tensor.ts'
import { Scope } from '../../src/network/scope.ts'
import { ssd } from '../../src/network/ssd.ts'
import { firstState } from '../../src/train/state.ts'
import { buildStep } from '../../src/train/step.ts'
import { readGolden } from './golden.ts'
import { type LabelledObjects, targetFeeds, targetsOf } from './golden-targets.ts'
import { type MadeUpOptions, madeUp, madeUpInput } from './hash-weights.ts'
import { type Print, printError, type Sample, sampleError } from './prints.ts'

interface Answers {
  readonly classes: number
  readonly size: number
  readonly targets: readonly LabelledObjects[]
  readonly anchors: number
  readonly logits: Sample
  readonly offsets: Sample
  readonly detections: readonly (readonly number[])[][]
  readonly losses: { readonly class: number; readonly offset: number }
  readonly gradients: Readonly<Record<string, Print>>
  readonly after: Readonly<Record<string, Print>>
}

/** Images in the reference's batch. */
const N = 2
const SGD = { momentum: 0.9, weightDecay: 5e-4, decayBiases: true, clipNorm: 1e9 }
const LEARNING_RATE = 0.002
/** SSD300's step takes three seconds on a free machine; on a busy one it must not count as a hang. */
const SLOW = 240_000

/** torchvision's own choices where ours differ: an object may lose its anchor, empty images do not teach. */
function asTorchvision(config: ModelConfig): ModelConfig {
  const classLoss = { name: 'softmax', negativesPerPositive: 3, minimumNegatives: 0 } as const
  return {
    ...config,
    match: { ...config.match, matcher: 'overwriting' },
    loss: { ...config.loss, classLoss },
  }
}

/** One model with made-up weights, and torchvision's answers. */
function prepare(name: 'ssd300' | 'ssdlite320', options: MadeUpOptions) {
  const answers = readGolden<Answers>(`${name}.json`)
  const names = Array.from({ length: answers.classes - 1 }, (_, i) => `class ${i + 1}`)
  const config = asTorchvision(describePreset(name, names))
  const { size } = answers
  const images = madeUpInput(N, size, config.normalisation)
  const scope = new Scope('evaluate')
  const outputs = ssd(scope, input('images', [N, 3, size, size]), config)
  const weights = new Map<string, Floats>()
  for (const { name, tensor } of [...scope.parameters, ...scope.statistics])
    weights.set(name, madeUp(name, tensor.shape, options))
  return { answers, config, anchors: anchorsOf(config), images, outputs, weights, size }
}

/** torchvision keeps boxes that clipping left without area; ours drops them. */
const hasArea = ([x1, y1, x2, y2]: readonly number[]) => x2! > x1! && y2! > y1!

/** The same boxes, classes and scores; the order too, but for scores that differ by less than 1e-4. */
function expectDetections(ours: readonly Detection[], theirs: readonly (readonly number[])[]) {
  const expected = theirs.filter(hasArea)
  const unused = new Set(ours)
  const isSame = ({ box, score, classId }: Detection, row: readonly number[]) =>
    classId + 1 === row[5] &&
    Math.abs(score - row[4]!) < 1e-4 &&
    [box.x1, box.y1, box.x2, box.y2].every((value, at) => Math.abs(value - row[at]!) < 0.05)
  const missing = expected.filter((row) => {
    const found = [...unused].find((detection) => isSame(detection, row))
    if (found !== undefined) unused.delete(found)
    return found === undefined
  })
  expect(missing).toEqual([])
  const outOfOrder = expected.filter((row, i) => Math.abs(ours[i]!.score - row[4]!) >= 1e-4)
  expect(outOfOrder).toEqual([])
  expect(expected.length).toBeGreaterThan(100)
}

describe.each([
  ['ssd300', 8732, { salt: 5, headGain: 0.02 }],
  ['ssdlite320', 3234, { salt: 51, headGain: 0.2 }],
] as const)('%s', (name, anchorCount, options) => {
  let engine: Engine
  const model = prepare(name, options)
  const { answers, config, anchors, images, weights, size } = model

  beforeAll(() => {
    engine = createEngine({ threads: 2 })
  })
  afterAll(() => engine.close())

  it(`has torchvision's ${anchorCount} anchors`, () => {
    expect([anchors.count, answers.anchors]).toEqual([anchorCount, anchorCount])
  })

  it("gives torchvision's logits and offsets within 5e-5 of the largest", async () => {
    const { logits, offsets } = model.outputs
    const bytes = toOnnx({ logits, offsets }, { target: 'cpu', constants: weights })
    const program = await engine.compile({ bytes })
    const { outputs } = await program.run({
      images: { data: images.slice(), shape: [N, 3, size, size] },
    })
    expect(sampleError(outputs.logits!, answers.logits)).toBeLessThan(5e-5)
    expect(sampleError(outputs.offsets!, answers.offsets)).toBeLessThan(5e-5)
    await program.close()
  })

  it("finds torchvision's detections, in its order", async () => {
    const network = await compileForDetection(engine, config, weights)
    for (let n = 0; n < N; n++) {
      const picture = images.slice(n * 3 * size * size, (n + 1) * 3 * size * size)
      const { outputs } = await network.program.run({
        images: { data: picture, shape: [1, 3, size, size] },
      })
      const ours = selectFromProbabilities(outputs.probabilities!, outputs.offsets!, anchors, {
        ...config.detect,
        classes: config.classes,
        boxCoder: config.boxCoder,
        inputSize: config.input,
        imageSize: config.input,
      })
      expectDetections(ours, answers.detections[n]!)
    }
    await network.program.close()
  })

  it(
    "takes torchvision's training step: losses, gradients, weights and running statistics",
    async () => {
      const step = buildStep(config, { ...SGD, batch: N, target: 'cpu' })
      const program = await engine.compile(step)
      await program.writeState(firstState(step.scope, step.state, 1, weights))
      const targets = targetsOf(answers.targets, config)
      const { outputs } = await program.run({
        images: { data: images.slice(), shape: [N, 3, size, size] },
        ...targetFeeds(targets),
        learningRate: { data: Float32Array.of(LEARNING_RATE), shape: [] },
        averageDecay: { data: Float32Array.of(0), shape: [] },
      })
      expect(Math.abs(outputs.classLoss![0]! / answers.losses.class - 1)).toBeLessThan(1e-4)
      expect(Math.abs(outputs.offsetLoss![0]! / answers.losses.offset - 1)).toBeLessThan(1e-4)
      const state = await program.readState()
      expectGradients(state, weights, answers.gradients)
      expectState(state, answers.after)
      await program.close()
    },
    SLOW,
  )
})

/** A bias before another norm has no gradient; what is left is rounding, of 1e-6 here. */
const ZERO_GRADIENT = 1e-4

/** After the first step the velocity is the gradient with weight decay; the decay is taken off again. */
function expectGradients(
  state: ReadonlyMap<string, Float32Array>,
  weights: ReadonlyMap<string, Floats>,
  gradients: Answers['gradients'],
) {
  const errors = Object.entries(gradients).map(([name, print]) => {
    const velocity = state.get(`velocity:${name}`)!
    const start = weights.get(name)!
    const gradient = velocity.map((value, i) => value - SGD.weightDecay * start[i]!)
    return { name, error: printError(name, gradient, print), norm: print.norm }
  })
  const worst = errors.toSorted((a, b) => b.error - a.error)
  expect(worst.filter(({ error, norm }) => error > 1e-3 && norm > ZERO_GRADIENT)).toEqual([])
  expect(errors).toHaveLength([...state.keys()].filter((key) => key.startsWith('velocity:')).length)
}

function expectState(state: ReadonlyMap<string, Float32Array>, after: Answers['after']) {
  const errors = Object.entries(after).map(([name, print]) => ({
    name,
    error: printError(name, state.get(name)!, print),
  }))
  expect(errors.filter(({ error }) => error > 1e-4)).toEqual([])
  expect(errors.length).toBe([...state.keys()].filter((key) => !key.includes(':')).length)
}
