import { afterAll, describe, expect, it } from 'vitest'
import { createEngine } from '../engine/node.ts'
import { toOnnx } from '../graph/onnx.ts'
import { constant, input, type Tensor } from '../graph/tensor.ts'
import { filled } from '../network/initialise.ts'
import type { Parameter } from '../network/scope.ts'
import { FILLED, squareOf } from '../optimiser/adamw.ts'
import { velocityOf } from '../optimiser/optimiser.ts'
import { averageOf, type OptimiserConfig, updateWeights } from './optimiser.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

const config = { momentum: 0.5, weightDecay: 0.1, clipNorm: 100 }

const weight = input('w', [1])

/** Two steps on one weight of 2, rate 0.1, averaging half and half. */
async function twoSteps(gradient: Tensor, decay: boolean, settings: OptimiserConfig = config) {
  const parameter: Parameter = { name: 'w', tensor: weight, initialise: filled(0), decay }
  const { outputs, slots, gradientNorm } = updateWeights(
    { parameters: [parameter], gradients: [gradient], statistics: [], frozen: [] },
    settings,
  )
  const program = await engine.compile({
    bytes: toOnnx({ ...outputs, gradientNorm }),
    state: slots,
  })
  const first = (name: string) => Float32Array.of(name === 'w' || name === averageOf('w') ? 2 : 0)
  await program.writeState(new Map(slots.map(({ name }) => [name, first(name)])))
  const feeds = () => ({
    learningRate: { data: Float32Array.of(0.1), shape: [] },
    averageDecay: { data: Float32Array.of(0.5), shape: [] },
  })
  await program.run(feeds())
  const { outputs: results } = await program.run(feeds())
  const state = await program.readState()
  await program.close()
  const read = (name: string) => state.get(name)![0]!
  return {
    w: read('w'),
    v: read(velocityOf('w')),
    average: read(averageOf('w')),
    norm: results.gradientNorm![0]!,
  }
}

describe('updateWeights', () => {
  it('moves by rate times velocity, and velocity remembers: 1, then 0.5 · 1 + 1', async () => {
    const { w, v, average } = await twoSteps(constant([1], [1]), false)
    expect(v).toBeCloseTo(1.5, 6)
    expect(w).toBeCloseTo(2 - 0.1 - 0.15, 6)
    expect(average).toBeCloseTo((1.95 + 1.75) / 2, 6) // (2 + 1.9) / 2 = 1.95, then half way to 1.75
  })

  it('weight decay adds a tenth of the weight to the slope', async () => {
    const { w } = await twoSteps(constant([0], [1]), true)
    // v = 0.2, w = 1.98; then v = 0.1 + 0.198 = 0.298, w = 1.9502
    expect(w).toBeCloseTo(1.9502, 5)
  })

  it('a gradient longer than clipNorm is shortened to it, and its length is told', async () => {
    const { w, norm } = await twoSteps(constant([50], [1]), false, { ...config, clipNorm: 1 })
    expect(norm).toBeCloseTo(50, 4)
    expect(w).toBeCloseTo(1.75, 5) // as with a gradient of 1
  })
})

describe('the gradient of several weights', () => {
  /** Steps once on weights of these gradients, all at 0, rate 1. */
  async function stepFromZero(gradients: readonly Tensor[], clipNorm: number) {
    const parameters = gradients.map(({ shape }, i): Parameter => {
      return { name: `w${i}`, tensor: input(`w${i}`, shape), initialise: filled(0), decay: false }
    })
    const { outputs, slots, gradientNorm } = updateWeights(
      { parameters, gradients, statistics: [], frozen: [] },
      { momentum: 0, weightDecay: 0, clipNorm },
    )
    const bytes = toOnnx({ ...outputs, gradientNorm })
    const program = await engine.compile({ bytes, state: slots })
    const zeros = slots.map(({ name, shape }) => [name, new Float32Array(shape[0]!)] as const)
    await program.writeState(new Map(zeros))
    const result = await program.run({
      learningRate: { data: Float32Array.of(1), shape: [] },
      averageDecay: { data: Float32Array.of(0), shape: [] },
    })
    const state = await program.readState()
    await program.close()
    const weights = parameters.flatMap(({ name }) => [...state.get(name)!])
    return { norm: result.outputs.gradientNorm![0]!, weights }
  }
  // Lengths 3 and √(4² + 12²) = 12.65; together √(3² + 4² + 12²) = 13.
  const gradients = [constant([3], [1]), constant([-4, 12], [2])]

  it('has one length over all of them: 3, -4 and 12 make 13', async () => {
    const { norm, weights } = await stepFromZero(gradients, 14)
    expect(norm).toBeCloseTo(13, 5)
    expect(weights.map(Math.round)).toEqual([-3, 4, -12])
  })

  it('is shortened as a whole, so that it keeps its direction', async () => {
    const { norm, weights } = await stepFromZero(gradients, 6.5)
    expect(norm).toBeCloseTo(13, 5)
    for (const [i, half] of [-1.5, 2, -6].entries()) expect(weights[i]).toBeCloseTo(half, 5)
  })
})

describe('updateWeights with adamw', () => {
  const adamw = { ...config, optimiser: 'adamw', squareMemory: 0.75 } as const

  it('moves by the rate at a steady slope, be it a thousandth or a hundred', async () => {
    for (const slope of [0.001, 1, 100]) {
      const { w } = await twoSteps(constant([slope], [1]), false, { ...adamw, clipNorm: 1000 })
      expect(w).toBeCloseTo(2 - 0.1 - 0.1, 5)
    }
  })

  it('moves by less where the slope falls: w as its own slope, 2 and then 1.9', async () => {
    const { w, v } = await twoSteps(weight, false, adamw)
    // v: 1, then .5 + .95 = 1.45, by .75 filled: 1.93333. Its square: 1, then .75 + .9025 = 1.6525, by .4375: 3.77714.
    expect(v).toBeCloseTo(1.45, 5)
    expect(w).toBeCloseTo(1.9 - (0.1 * 1.93333) / Math.sqrt(3.77714), 5)
  })

  it('weight decay stands beside the slope: 2 · .99, then .99 of that', async () => {
    const { w } = await twoSteps(constant([0], [1]), true, adamw)
    expect(w).toBeCloseTo(2 * 0.99 * 0.99, 5)
  })

  it('keeps its memories in the state, so that a run goes on as if never stopped', () => {
    const parameter: Parameter = { name: 'w', tensor: weight, initialise: filled(0), decay: true }
    const { slots } = updateWeights(
      { parameters: [parameter], gradients: [weight], statistics: [], frozen: [] },
      adamw,
    )
    const names = ['w', averageOf('w'), velocityOf('w'), squareOf('w'), ...Object.values(FILLED)]
    expect(slots.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
  })
})
