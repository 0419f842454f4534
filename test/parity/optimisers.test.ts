import { afterAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/node.ts'
import { toOnnx } from '../../src/graph/onnx.ts'
import { multiply } from '../../src/graph/ops.ts'
import { constant, elementCount, input } from '../../src/graph/tensor.ts'
import { filled } from '../../src/network/initialise.ts'
import { averageOf, type OptimiserConfig, updateWeights } from '../../src/train/optimiser.ts'
import { expectClose, readGolden } from './golden.ts'

interface Golden {
  readonly start: number[]
  readonly steepness: number[]
  /** The weights after each step. */
  readonly sgd: number[][]
  readonly adamw: number[][]
}
const golden = readGolden<Golden>('optimisers.json')
const COMMON = { momentum: 0.9, weightDecay: 0.05, clipNorm: Number.MAX_SAFE_INTEGER }

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

/** The weights after each step downhill from the start, where the slope is steepness times weight. */
async function pathOf(config: OptimiserConfig, learningRate: number, steps: number) {
  const { start, steepness } = golden
  const weight = input('w', [start.length])
  const gradient = multiply(weight, constant(steepness, [start.length]))
  const parameter = { name: 'w', tensor: weight, initialise: filled(0), decay: true }
  const { outputs, slots } = updateWeights(
    { parameters: [parameter], gradients: [gradient], statistics: [], frozen: [] },
    config,
  )
  const program = await engine.compile({ bytes: toOnnx(outputs), state: slots })
  const first = slots.map(({ name, shape }): [string, Float32Array] => [
    name,
    name === 'w' || name === averageOf('w')
      ? Float32Array.from(start)
      : new Float32Array(elementCount(shape)),
  ])
  await program.writeState(new Map(first))
  const passed: number[][] = []
  for (let step = 0; step < steps; step++) {
    await program.run({
      learningRate: { data: Float32Array.of(learningRate), shape: [] },
      averageDecay: { data: Float32Array.of(0), shape: [] },
    })
    passed.push([...(await program.readState()).get('w')!])
  }
  await program.close()
  return passed
}

describe("five steps equal PyTorch's, for slopes of .00001 to 1000 times the weight", () => {
  it.each([
    { optimiser: 'sgd', learningRate: 0.0005 },
    { optimiser: 'adamw', learningRate: 0.1 },
  ] as const)('$optimiser', async ({ optimiser, learningRate }) => {
    const theirs = golden[optimiser]
    const ours = await pathOf({ ...COMMON, optimiser }, learningRate, theirs.length)
    expect(theirs).toHaveLength(5)
    expectClose(Float32Array.from(ours.flat()), theirs, 1e-5)
  })
})
