/**
 * @file The judge of every gradient rule: nudge one number up and down, see how the loss moves, and compare
 * with what the rule says. It shares no code with the rules, so a wrong one cannot hide.
 *
 *     dL/dx ≈ (L(x + h) - L(x - h)) / 2h
 *
 * Used by tests.
 */
import type { Engine, Feed } from '../../src/engine/engine.ts'
import { differentiate } from '../../src/graph/differentiate.ts'
import type { Target } from '../../src/graph/lowering.ts'
import { toOnnx } from '../../src/graph/onnx.ts'
import { multiply, total } from '../../src/graph/ops.ts'
import { constant, elementCount, input, type Shape, type Tensor } from '../../src/graph/tensor.ts'
import { createRandom } from '../../src/random/random.ts'

/** The nudge: large enough to stand out of 32-bit rounding, small enough for the curve to look straight. */
const NUDGE = 1e-2

/** What to check. */
export interface GradientCase {
  /** Shapes of the inputs. */
  readonly shapes: readonly Shape[]
  /** Builds the output from the inputs. */
  readonly build: (...inputs: Tensor[]) => Tensor
  /** Numbers lie in this range, default -1..1. */
  readonly range?: readonly [number, number]
  /** Which lowering to run, default 'cpu'. */
  readonly target?: Target
  /** Channels a block of ONNX Runtime's blocked layout; default: not used. */
  readonly channelBlock?: number | undefined
  readonly seed?: number
  /** Values for the inputs instead of random ones. */
  readonly values?: readonly (readonly number[])[]
}

/**
 * The largest difference between a rule's gradient and the measured one, over every element of every
 * input, relative to 1 + the measured gradient's size.
 */
export async function gradientError(engine: Engine, spec: GradientCase): Promise<number> {
  const { shapes, build, range = [-1, 1], seed = 1, target = 'cpu', channelBlock } = spec
  const random = createRandom(seed)
  const draw = (count: number) =>
    Float32Array.from({ length: count }, () => random.between(...range))
  const inputs = shapes.map((shape, i) => input(`x${i}`, shape))
  const values = shapes.map((shape, i) =>
    spec.values ? Float32Array.from(spec.values[i]!) : draw(elementCount(shape)),
  )
  const output = build(...inputs)
  // Weights that differ from place to place: a sum with equal weights would hide elements that changed places.
  const weights = Float32Array.from({ length: elementCount(output.shape) }, () =>
    random.between(0.5, 1.5),
  )
  const loss = total(multiply(output, constant(weights, output.shape)))
  const gradients = differentiate(loss, inputs)
  const named = Object.fromEntries(gradients.map((gradient, i) => [`g${i}`, gradient]))
  const program = await engine.compile({
    bytes: toOnnx({ loss, ...named }, { target, channelBlock }),
  })
  const feeds = (): Record<string, Feed> =>
    Object.fromEntries(
      values.map((value, i) => [`x${i}`, { data: value.slice(), shape: shapes[i]! }]),
    )
  const lossNow = async () => (await program.run(feeds())).outputs.loss![0]!
  const claimed = (await program.run(feeds())).outputs
  let worst = 0
  for (const [i, value] of values.entries())
    for (let at = 0; at < value.length; at++) {
      const measured = await slope(value, at, lossNow)
      const error = Math.abs(measured - claimed[`g${i}`]![at]!) / (1 + Math.abs(measured))
      worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error)
    }
  await program.close()
  return worst
}

async function slope(
  value: Float32Array,
  at: number,
  loss: () => Promise<number>,
): Promise<number> {
  const before = value[at]!
  value[at] = before + NUDGE
  const up = await loss()
  value[at] = before - NUDGE
  const down = await loss()
  value[at] = before
  return (up - down) / (2 * NUDGE)
}
