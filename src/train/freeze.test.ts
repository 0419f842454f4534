import { afterAll, describe, expect, it } from 'vitest'
import { anchorsOf } from '../anchor/model-anchors.ts'
import type { ModelConfig } from '../config/model.ts'
import { tinyModel } from '../config/tiny.ts'
import { rateOf } from '../config/train.ts'
import { createEngine } from '../engine/node.ts'
import { buildTargets } from '../match/targets.ts'
import { createRandom } from '../random/random.ts'
import { averagedWeights, firstState } from './state.ts'
import { buildStep, runStep } from './step.ts'
import { transferWeights } from './transfer.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

const config: ModelConfig = {
  ...tinyModel(['cat', 'dog'], { width: 48, height: 32 }),
  network: { name: 'tiny', channels: [4, 4, 6], layers: [1, 1, 1] },
  featureMaps: [{ stride: 8, sizes: [16], aspectRatios: [1, 2] }],
}
const anchors = anchorsOf(config)

/** The state after one step with the given rates, and the state before it. */
async function oneStep(rates: Record<string, number>) {
  const settings = { batch: 1, momentum: 0, weightDecay: 0, clipNorm: 1e9, rates } as const
  const step = buildStep(config, { ...settings, target: 'cpu' })
  const program = await engine.compile(step)
  const before = firstState(step.scope, step.state, 1)
  await program.writeState(before)
  const random = createRandom(4)
  const objects = { corners: Float32Array.of(4, 6, 30, 24), classIds: [1] }
  const { classTargets, offsetTargets } = buildTargets(objects, anchors)
  const batch = {
    images: Float32Array.from({ length: 3 * 32 * 48 }, () => random.between(-2, 2)),
    classTargets: Int32Array.from(classTargets),
    offsetTargets: Float32Array.from(offsetTargets),
    shapes: {
      images: [1, 3, 32, 48],
      classTargets: [1, anchors.count],
      offsetTargets: [1, anchors.count, 4],
    },
    ids: ['a'],
  }
  await runStep(program, batch, { learningRate: 0.1, averageDecay: 0 })
  const after = await program.readState()
  await program.close()
  const moved = (name: string) =>
    Math.max(...after.get(name)!.map((value, i) => Math.abs(value - before.get(name)![i]!)))
  return { after, moved }
}

const BACKBONE = 'backbone.0.0.conv.weight'
const STATISTIC = 'backbone.0.0.norm.running_mean'
const HEAD = 'head.classification_head.module_list.0.weight'

describe('the rates of a run', () => {
  it('are found by the longest beginning of a name, at a point', () => {
    const rates = { backbone: 0.1, 'backbone.extra': 1, head: 0 }
    expect(rateOf('backbone.features.0.weight', rates)).toBe(0.1)
    expect(rateOf('backbone.extra.0.weight', rates)).toBe(1)
    expect(rateOf('backbones.0', rates)).toBe(1)
    expect(rateOf('head', rates)).toBe(0)
  })

  it('a rate of a tenth moves weights a tenth as far, and leaves the others alone', async () => {
    const whole = await oneStep({})
    const tenth = await oneStep({ backbone: 0.1 })
    expect(tenth.moved(BACKBONE) / whole.moved(BACKBONE)).toBeCloseTo(0.1, 3)
    expect(tenth.moved(HEAD)).toBeCloseTo(whole.moved(HEAD), 6)
  })

  it('a rate of 0 keeps weights and the statistics of norms, bit for bit, while the head learns', async () => {
    const { moved, after } = await oneStep({ backbone: 0 })
    expect([moved(BACKBONE), moved(STATISTIC)]).toEqual([0, 0])
    expect(moved(HEAD)).toBeGreaterThan(0)
    expect(after.has(`velocity:${BACKBONE}`)).toBe(false)
  })

  it('frozen weights are in what detects, as they are', async () => {
    const { after } = await oneStep({ backbone: 0 })
    const weights = averagedWeights(after as Map<string, Float32Array<ArrayBuffer>>)
    expect(weights.get(BACKBONE)).toEqual(after.get(BACKBONE))
    expect(weights.get(HEAD)).toEqual(after.get(`average:${HEAD}`))
    expect([...weights.keys()].filter((name) => name.includes(':'))).toEqual([])
  })
})

describe('transferWeights', () => {
  const weights = new Map([
    [BACKBONE, Float32Array.of(1)],
    [HEAD, Float32Array.of(2)],
  ])

  it('keeps everything for the same classes in the same order', () => {
    const { weights: kept, newClasses } = transferWeights({ config, weights, notes: {} }, [
      'cat',
      'dog',
    ])
    expect([...kept.keys()]).toEqual([BACKBONE, HEAD])
    expect(newClasses).toBe(false)
  })

  it.each([[['dog', 'cat']], [['cat', 'cow']], [['cat']]])(
    'for the classes %j leaves the class head behind',
    (classes) => {
      const { weights: kept, newClasses } = transferWeights({ config, weights, notes: {} }, classes)
      expect([...kept.keys()]).toEqual([BACKBONE])
      expect(newClasses).toBe(true)
    },
  )
})
