import { afterAll, describe, expect, it } from 'vitest'
import { anchorsOf } from '../anchor/model-anchors.ts'
import type { ModelConfig } from '../config/model.ts'
import { tinyModel } from '../config/tiny.ts'
import { TRAIN_DEFAULTS } from '../config/train-defaults.ts'
import type { Engine } from '../engine/engine.ts'
import { createEngine } from '../engine/node.ts'
import { createWebEngine } from '../engine/web.ts'
import { buildTargets } from '../match/targets.ts'
import { createRandom } from '../random/random.ts'
import type { Batch } from './batches.ts'
import { createLearner, type Learner } from './learner.ts'
import { buildSplitStep, gradientOf } from './split-step.ts'
import { firstState } from './state.ts'
import { buildStep } from './step.ts'

const engine = createEngine({ threads: 1 })
const page = createWebEngine({ threads: 1 })
afterAll(() => Promise.all([engine.close(), page.close()]))

/** A network without norms that measure its batch: there, two halves and a whole see the same. */
const config: ModelConfig = {
  ...tinyModel(['cat', 'dog'], { width: 48, height: 32 }),
  network: { name: 'tiny', channels: [4, 4, 6, 8], layers: [1, 1, 2, 1] },
  featureMaps: [8, 16].map((stride) => ({ stride, sizes: [stride * 2], aspectRatios: [1, 2] })),
}
const anchors = anchorsOf(config)
const rates = { learningRate: 0.02, averageDecay: 0.5 }

/** A batch of pictures that begin at a seed: two objects in each. */
function batch(seed: number, size: number): Batch {
  const targets = buildTargets(
    { corners: Float32Array.of(4, 6, 30, 24, 20, 2, 44, 18), classIds: [0, 1] },
    anchors,
  )
  const images = Array.from({ length: size }, (_, i) => {
    const random = createRandom(seed + i)
    return Array.from({ length: 3 * 32 * 48 }, () => random.between(-2, 2))
  })
  const repeat = <T>(values: Iterable<T>) => Array.from({ length: size }, () => [...values]).flat()
  return {
    images: Float32Array.from(images.flat()),
    classTargets: Int32Array.from(repeat(targets.classTargets)),
    offsetTargets: Float32Array.from(repeat(targets.offsetTargets)),
    shapes: {
      images: [size, 3, 32, 48],
      classTargets: [size, anchors.count],
      offsetTargets: [size, anchors.count, 4],
    },
    ids: images.map((_, i) => `${seed + i}`),
  }
}

async function learnerOf(on: Engine, size: number, accumulate: number): Promise<Learner> {
  const train = { ...TRAIN_DEFAULTS, batch: size, accumulate }
  const learner = await createLearner(on, config, train, () => undefined)
  await learner.writeState(firstState(learner.scope, learner.slots, 1))
  return learner
}

/** Steps of a learner, each over pictures of its own, and the state they lead to. */
async function walk(learner: Learner, size: number, steps: number) {
  const losses: number[][] = []
  for (let step = 0; step < steps; step++)
    for (let part = 0; part < learner.batches; part++) {
      const seed = 100 * step + part * size
      const { losses: now } = await learner.learn(batch(seed, size), rates, part)
      losses.push([now.classLoss, now.offsetLoss, now.positives, now.gradientNorm])
    }
  const state = await learner.readState()
  await learner.close()
  return { losses, state }
}

/** The largest difference between two states, beside the size of what differs. */
function difference(a: ReadonlyMap<string, ArrayLike<number>>, b: typeof a): number {
  expect([...a.keys()]).toEqual([...b.keys()])
  let worst = 0
  for (const [name, values] of a)
    for (let i = 0; i < values.length; i++)
      worst = Math.max(worst, Math.abs(values[i]! - b.get(name)![i]!) / (1 + Math.abs(values[i]!)))
  return worst
}

describe('a step in two graphs', () => {
  it('of one batch leads where the step in one graph leads', async () => {
    const whole = await walk(await learnerOf(engine, 2, 1), 2, 3)
    const sources = buildSplitStep(config, { ...TRAIN_DEFAULTS, batch: 2, target: 'cpu' })
    const update = await engine.compile(sources.update)
    const gradients = await engine.compile({ ...sources.gradients, shares: update })
    await update.writeState(firstState(sources.scope, sources.state, 1))
    const scalar = (value: number) => ({ data: Float32Array.of(value), shape: [] })
    for (let step = 0; step < 3; step++) {
      const { images, classTargets, offsetTargets, shapes } = batch(100 * step, 2)
      await gradients.run({
        images: { data: images, shape: shapes.images },
        classTargets: { data: classTargets, shape: shapes.classTargets },
        offsetTargets: { data: offsetTargets, shape: shapes.offsetTargets },
        keep: scalar(0),
      })
      await update.run({
        learningRate: scalar(rates.learningRate),
        averageDecay: scalar(rates.averageDecay),
        share: scalar(1),
      })
    }
    const state = await update.readState()
    // What leaves the graph: a gradient per weight, which others may add up.
    const name = sources.scope.parameters[0]!.name
    expect(state.get(gradientOf(name))!.some((value) => value !== 0)).toBe(true)
    const kept = new Map(sources.state.map((slot) => [slot.name, state.get(slot.name)!]))
    expect(difference(whole.state, kept)).toBeLessThan(1e-6)
    await Promise.all([gradients.close(), update.close()])
  })

  it('over the same batch twice follows the same gradient as over the batch once', async () => {
    const once = await learnerOf(engine, 2, 1)
    const twice = await learnerOf(engine, 2, 2)
    await once.learn(batch(7, 2), rates, 0)
    const first = await twice.learn(batch(7, 2), rates, 0)
    expect(first.losses.gradientNorm).toBe(0)
    await twice.learn(batch(7, 2), rates, 1)
    const [a, b] = [await once.readState(), await twice.readState()]
    const weights = [...a.keys()].filter((name) => /weight|bias/.test(name))
    const only = (state: typeof a) => new Map(weights.map((name) => [name, state.get(name)!]))
    expect(weights.length).toBeGreaterThan(20)
    expect(difference(only(a), only(b))).toBeLessThan(1e-5)
    await Promise.all([once.close(), twice.close()])
  })

  it('begins each step anew: what was summed for one does not reach the next', async () => {
    const again = await walk(await learnerOf(engine, 2, 2), 2, 3)
    expect(await walk(await learnerOf(engine, 2, 2), 2, 3)).toEqual(again)
    expect(again.losses.map(([, , , norm]) => norm! > 0)).toEqual([
      ...[false, true, false, true, false, true],
    ])
  })

  it('costs nothing where it is not asked for: the step in one graph has no sums', () => {
    const step = buildStep(config, { ...TRAIN_DEFAULTS, batch: 2, target: 'cpu' })
    expect(step.state.filter(({ name }) => name.startsWith(gradientOf('')))).toEqual([])
  })

  it('gives a page the weights that it gives Node.js', async () => {
    const [here, there] = [
      await walk(await learnerOf(engine, 2, 2), 2, 2),
      await walk(await learnerOf(page, 2, 2), 2, 2),
    ]
    expect(difference(here.state, there.state)).toBeLessThan(1e-4)
  })
})
