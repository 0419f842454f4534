import { afterAll, describe, expect, it } from 'vitest'
import { anchorsOf } from '../anchor/model-anchors.ts'
import type { ModelConfig } from '../config/model.ts'
import { tinyModel } from '../config/tiny.ts'
import type { Feed } from '../engine/engine.ts'
import { createEngine } from '../engine/node.ts'
import { differentiate } from '../graph/differentiate.ts'
import { toOnnx } from '../graph/onnx.ts'
import { elementCount, type Floats, input } from '../graph/tensor.ts'
import { multiboxLoss } from '../loss/multibox.ts'
import { buildTargets } from '../match/targets.ts'
import { initialWeights, Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import { createRandom } from '../random/random.ts'
import { firstState } from './state.ts'
import { buildStep, runStep } from './step.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

/** A network of a few thousand weights on non-square pictures. */
const config: ModelConfig = {
  ...tinyModel(['cat', 'dog'], { width: 48, height: 32 }),
  network: { name: 'tiny', channels: [4, 4, 6, 8], layers: [1, 1, 2, 1] },
  featureMaps: [8, 16].map((stride) => ({ stride, sizes: [stride * 2], aspectRatios: [1, 2] })),
}
const anchors = anchorsOf(config)
const N = 2

function batch() {
  const random = createRandom(4)
  const images = Float32Array.from({ length: N * 3 * 32 * 48 }, () => random.between(-2, 2))
  const objects = { corners: Float32Array.of(4, 6, 30, 24, 20, 2, 44, 18), classIds: [0, 1] }
  const target = buildTargets(objects, anchors)
  const empty = buildTargets({ corners: new Float32Array(0), classIds: [] }, anchors)
  return {
    images,
    classTargets: Int32Array.from([...target.classTargets, ...empty.classTargets]),
    offsetTargets: Float32Array.from([...target.offsetTargets, ...empty.offsetTargets]),
    shapes: {
      images: [N, 3, 32, 48],
      classTargets: [N, anchors.count],
      offsetTargets: [N, anchors.count, 4],
    },
    ids: ['a', 'b'],
  }
}

/** The loss as a function of the weights, with the gradient that the graph claims. */
async function wholeLoss() {
  const scope = new Scope('train')
  const { images, classTargets, offsetTargets, shapes } = batch()
  const answers = ssd(scope, input('images', shapes.images), config)
  const targets = {
    classTargets: input('classTargets', shapes.classTargets, 'int32'),
    offsetTargets: input('offsetTargets', shapes.offsetTargets),
  }
  const { loss } = multiboxLoss(answers, targets, config.loss, { ...config, anchors })
  const gradients = differentiate(
    loss,
    scope.parameters.map(({ tensor }) => tensor),
  )
  const named = Object.fromEntries(gradients.map((gradient, i) => [`gradient${i}`, gradient]))
  const program = await engine.compile({ bytes: toOnnx({ loss, ...named }, { target: 'cpu' }) })
  const evaluate = async (weights: ReadonlyMap<string, Floats>) => {
    const feeds: Record<string, Feed> = {
      images: { data: images.slice(), shape: shapes.images },
      classTargets: { data: classTargets.slice(), shape: shapes.classTargets },
      offsetTargets: { data: offsetTargets.slice(), shape: shapes.offsetTargets },
    }
    for (const { name, tensor } of scope.parameters)
      feeds[name] = { data: weights.get(name)!.slice(), shape: tensor.shape }
    return (await program.run(feeds)).outputs
  }
  return { scope, evaluate }
}

/** Fresh weights with the zeros (norm scales of residual blocks, biases) replaced, so that all paths are open. */
function openWeights(scope: Scope): Map<string, Floats> {
  const random = createRandom(9)
  const weights = initialWeights(scope, 3)
  for (const [name, values] of weights)
    weights.set(
      name,
      values.map((value) => (value === 0 ? random.between(-0.5, 0.5) : value)),
    )
  return weights
}

describe('the whole loss of a small network', () => {
  it('has the gradient that finite differences measure, for every parameter tensor', async () => {
    const { scope, evaluate } = await wholeLoss()
    const weights = openWeights(scope)
    const claimed = await evaluate(weights)
    const random = createRandom(17)
    for (const [i, { name, tensor }] of scope.parameters.entries()) {
      // One random direction a tensor: the slope along it is a weighted sum of all its gradients.
      const direction = Float32Array.from({ length: elementCount(tensor.shape) }, () =>
        random.normal(),
      )
      const length = Math.hypot(...direction)
      const nudged = (by: number) =>
        new Map(weights).set(
          name,
          weights.get(name)!.map((value, at) => value + (by * direction[at]!) / length),
        )
      const nudge = 2e-3
      const up = (await evaluate(nudged(nudge))).loss![0]!
      const down = (await evaluate(nudged(-nudge))).loss![0]!
      const measured = (up - down) / (2 * nudge)
      const gradient = claimed[`gradient${i}`]!
      const expected = gradient.reduce(
        (sum, slope, at) => sum + (slope * direction[at]!) / length,
        0,
      )
      // Relus that flip within the nudge bend the curve a little; a wrong rule is off by far more.
      expect(Math.abs(measured - expected) / (0.05 + Math.abs(measured)), name).toBeLessThan(0.1)
    }
  }, 60_000)
})

describe('buildStep', () => {
  it('lowers the loss on one batch, step after step, and keeps two runs of a seed equal', async () => {
    const losses = async () => {
      const settings = {
        batch: N,
        target: 'cpu',
        momentum: 0.9,
        weightDecay: 0,
        clipNorm: 20,
      } as const
      const step = buildStep(config, settings)
      const program = await engine.compile(step)
      await program.writeState(firstState(step.scope, step.state, 1))
      const seen: number[] = []
      for (let i = 0; i < 30; i++) {
        const { losses } = await runStep(program, batch(), {
          learningRate: 0.02,
          averageDecay: 0.5,
        })
        seen.push(losses.classLoss + losses.offsetLoss)
      }
      await program.close()
      return seen
    }
    const first = await losses()
    expect(first.at(-1)!).toBeLessThan(first[0]! / 3)
    expect(await losses()).toEqual(first)
  })

  it('has a state slot for each weight, its velocity and its average, and for each running statistic', () => {
    const { scope, state } = buildStep(config, {
      batch: 1,
      target: 'portable',
      momentum: 0.9,
      weightDecay: 0,
      clipNorm: 1,
    })
    expect(state.length).toBe(3 * scope.parameters.length + 2 * scope.statistics.length)
  })
})
