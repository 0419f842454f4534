import { afterAll, describe, expect, it } from 'vitest'
import { createEngine } from '../engine/node.ts'
import { toOnnx } from '../graph/onnx.ts'
import { constant, input, type Tensor } from '../graph/tensor.ts'
import { filled } from '../network/initialise.ts'
import type { Parameter } from '../network/scope.ts'
import { averageOf, updateWeights, velocityOf } from './optimiser.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

const config = { momentum: 0.5, weightDecay: 0.1, clipNorm: 100 }

/** Two steps on one weight of 2 with a constant gradient, rate 0.1, averaging half and half. */
async function twoSteps(gradient: Tensor, decay: boolean, settings = config) {
  const parameter: Parameter = { name: 'w', tensor: input('w', [1]), initialise: filled(0), decay }
  const { outputs, slots, gradientNorm } = updateWeights(
    { parameters: [parameter], gradients: [gradient], statistics: [], frozen: [] },
    settings,
  )
  const program = await engine.compile({
    bytes: toOnnx({ ...outputs, gradientNorm }),
    state: slots,
  })
  await program.writeState(
    new Map([
      ['w', Float32Array.of(2)],
      [velocityOf('w'), Float32Array.of(0)],
      [averageOf('w'), Float32Array.of(2)],
    ]),
  )
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
