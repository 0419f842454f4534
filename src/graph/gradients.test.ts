import { afterAll, describe, expect, it } from 'vitest'
import { type GradientCase, gradientError } from '../../test/support/finite-differences.ts'
import { createEngine } from '../engine/node.ts'
import { differentiate } from './differentiate.ts'
import { unary } from './ops/elementwise.ts'
import * as ops from './ops.ts'
import { constant, indices, input } from './tensor.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

/** Numbers in random order that differ by at least `gap`, so that a nudge cannot change who is largest. */
const apart = (count: number, gap = 0.05) =>
  Array.from({ length: count }, (_, i) => ((i * 7919) % count) * gap - (count * gap) / 2 + 0.013)

/** The weights' gradient is computed in one way up to three input channels, and in another above. */
function convolutions(channels: number): Record<string, GradientCase> {
  const of = (
    [n, height, width]: [number, number, number],
    [outputs, kh, kw]: [number, number, number],
    options: ops.Conv2dOptions = {},
  ): GradientCase => ({
    shapes: [
      [n, channels, height, width],
      [outputs, channels, kh, kw],
    ],
    build: (x, w) => ops.conv2d(x, w, options),
  })
  const named: Record<string, GradientCase> = {
    '1x1': of([2, 4, 5], [4, 1, 1]),
    '1x1 with stride': of([2, 5, 6], [4, 1, 1], { stride: 2 }),
    '3x3': of([2, 5, 7], [4, 3, 3], { padding: 1 }),
    '3x5 with uneven stride and padding': of([2, 7, 9], [3, 3, 5], {
      stride: [2, 3],
      padding: [1, 0, 2, 3],
    }),
    'stride that leaves the far edge unseen': of([1, 6, 8], [3, 3, 3], { stride: 2 }),
    dilated: of([1, 7, 9], [2, 3, 3], { dilation: [2, 3], padding: [2, 3] }),
    'dilated with stride': of([1, 9, 8], [2, 3, 3], { dilation: 2, stride: [2, 3], padding: 1 }),
    'more padding than window': of([1, 3, 4], [2, 2, 2], { padding: 2 }),
  }
  return Object.fromEntries(
    Object.entries(named).map(([name, it]) => [`conv2d of ${channels} channels, ${name}`, it]),
  )
}

const cases: Record<string, GradientCase> = {
  'add with broadcasting': {
    shapes: [
      [2, 3, 4],
      [3, 1],
    ],
    build: ops.add,
  },
  'subtract with broadcasting': {
    shapes: [
      [3, 1],
      [2, 3, 4],
    ],
    build: ops.subtract,
  },
  'multiply with broadcasting': {
    shapes: [
      [2, 3, 4],
      [1, 3, 1],
    ],
    build: ops.multiply,
  },
  'divide with broadcasting': { shapes: [[2, 3, 4], [4]], range: [0.5, 2], build: ops.divide },
  negate: { shapes: [[3, 5]], build: ops.negate },
  absolute: { shapes: [[24]], values: [apart(24)], build: ops.absolute },
  exponential: { shapes: [[3, 5]], build: ops.exponential },
  logarithm: { shapes: [[3, 5]], range: [0.5, 3], build: ops.logarithm },
  squareRoot: { shapes: [[3, 5]], range: [0.5, 3], build: ops.squareRoot },
  sigmoid: { shapes: [[3, 5]], range: [-3, 3], build: ops.sigmoid },
  tanh: { shapes: [[3, 5]], range: [-2, 2], build: ops.tanh },
  relu: { shapes: [[24]], values: [apart(24)], build: ops.relu },
  clip: {
    shapes: [[40]],
    values: [apart(40)],
    build: (x) => ops.clip(x, { low: -0.7, high: 0.4 }),
  },
  relu6: { shapes: [[40]], values: [apart(40, 0.4)], build: ops.relu6 },
  hardSigmoid: { shapes: [[40]], values: [apart(40, 0.3)], build: ops.hardSigmoid },
  hardSwish: { shapes: [[40]], values: [apart(40, 0.3)], build: ops.hardSwish },
  maximum: { shapes: [[24], [1]], values: [apart(24), [0.002]], build: ops.maximum },
  minimum: { shapes: [[24], [1]], values: [apart(24), [0.002]], build: ops.minimum },
  where: {
    shapes: [[2, 3], [3]],
    build: (a, b) => ops.where(ops.greater(constant([1, 0, 1], [3]), constant(0.5)), a, b),
  },
  'reshape and transpose': {
    shapes: [[2, 3, 4]],
    build: (x) => ops.reshape(ops.transpose(x, [2, 0, 1]), [8, 3]),
  },
  concat: {
    shapes: [
      [2, 3, 2],
      [2, 1, 2],
    ],
    build: (a, b) => ops.concat([a, b], 1),
  },
  slice: { shapes: [[3, 5]], build: (x) => ops.slice(x, [{ axis: 1, start: 1, end: 4 }]) },
  pad: { shapes: [[2, 3]], build: (x) => ops.pad(x, { before: [0, 1], after: [2, 0] }) },
  expand: { shapes: [[2, 1, 3]], build: (x) => ops.expand(x, [4, 2, 5, 3]) },
  'sum over two axes': { shapes: [[2, 3, 4]], build: (x) => ops.sum(x, [0, 2]) },
  'mean over two axes': { shapes: [[2, 3, 4]], build: (x) => ops.mean(x, [0, 2]) },
  maxReduce: { shapes: [[3, 8]], values: [apart(24)], build: (x) => ops.maxReduce(x, 1) },
  globalAveragePool: { shapes: [[2, 3, 3, 5]], build: ops.globalAveragePool },
  l2Normalise: { shapes: [[2, 4, 2, 3]], range: [0.2, 1], build: ops.l2Normalise },
  logSoftmax: { shapes: [[3, 5]], range: [-2, 2], build: (x) => ops.logSoftmax(x, 1) },
  gather: { shapes: [[2, 3, 4]], build: (x) => ops.gather(x, indices([0, 3, 1, 2, 2, 0], [2, 3])) },
  upsample: { shapes: [[2, 3, 2, 3]], build: (x) => ops.upsample(x, 2) },
  channelAffine: { shapes: [[2, 3, 2, 5], [3], [3]], build: ops.channelAffine },
  matmul: {
    shapes: [
      [2, 3, 4],
      [4, 5],
    ],
    build: (a, b) => ops.matmul(a, b),
  },
  'matmul, first transposed': {
    shapes: [
      [2, 4, 3],
      [2, 4, 5],
    ],
    build: (a, b) => ops.matmul(a, b, { transposeA: true }),
  },
  'matmul, second transposed': {
    shapes: [
      [3, 4],
      [2, 5, 4],
    ],
    build: (a, b) => ops.matmul(a, b, { transposeB: true }),
  },
  'matmul, both transposed': {
    shapes: [
      [2, 4, 3],
      [2, 5, 4],
    ],
    build: (a, b) => ops.matmul(a, b, { transposeA: true, transposeB: true }),
  },
  ...convolutions(3),
  ...convolutions(5),
  'conv2d, grouped with stride and dilation': {
    shapes: [
      [2, 4, 7, 6],
      [6, 2, 3, 3],
    ],
    build: (x, w) => ops.conv2d(x, w, { groups: 2, stride: 2, dilation: 2, padding: 2 }),
  },
  'conv2d, depthwise': {
    shapes: [
      [2, 3, 5, 7],
      [3, 1, 3, 3],
    ],
    build: (x, w) => ops.conv2d(x, w, { groups: 3, padding: 1 }),
  },
  'conv2d, depthwise 5x5 with stride': {
    shapes: [
      [2, 3, 8, 9],
      [3, 1, 5, 5],
    ],
    build: (x, w) => ops.conv2d(x, w, { groups: 3, stride: 2, padding: 2 }),
  },
  'maxPool 2x2': {
    shapes: [[2, 3, 4, 6]],
    values: [apart(144)],
    build: (x) => ops.maxPool(x, { kernel: 2, stride: 2 }),
  },
  'maxPool, overlapping and padded': {
    shapes: [[1, 2, 5, 7]],
    values: [apart(70)],
    build: (x) => ops.maxPool(x, { kernel: 3, stride: 1, padding: 1 }),
  },
  'maxPool, ceil mode': {
    shapes: [[1, 2, 5, 7]],
    values: [apart(70)],
    build: (x) => ops.maxPool(x, { kernel: 2, stride: 2, ceilMode: true }),
  },
  'maxPool that leaves the far edge unseen': {
    shapes: [[1, 2, 6, 8]],
    values: [apart(96)],
    build: (x) => ops.maxPool(x, { kernel: 3, stride: [2, 3] }),
  },
  'batchNorm with fixed statistics': {
    shapes: [[2, 3, 2, 5], [3], [3]],
    build: (x, scale, shift) =>
      ops.batchNorm(x, scale, shift, {
        mean: constant([0.1, -0.2, 0.3], [3]),
        variance: constant([0.5, 1, 2], [3]),
      }),
  },
  'conv2d with a bias': {
    shapes: [[2, 3, 4, 5], [4, 3, 3, 3], [4]],
    build: (x, w, bias) => ops.conv2d(x, w, { padding: 1, stride: 2, bias }),
  },
  'batchNorm with the statistics of the batch': {
    shapes: [[2, 3, 3, 5], [3], [3]],
    build: (x, scale, shift) => ops.batchNormOfBatch(ops.channelMoments(x), scale, shift),
  },
}

/** Measured slopes carry 32-bit rounding of about 1e-4 and the curve's bend of about 1e-4. */
const TOLERANCE = 3e-3

describe('the gradient rule of every operator agrees with finite differences', () => {
  for (const [name, spec] of Object.entries(cases))
    for (const target of ['cpu', 'portable'] as const)
      it(`${name} (${target})`, async () => {
        expect(await gradientError(engine, { ...spec, target })).toBeLessThan(TOLERANCE)
      })

  it('finds a wrong rule: twice the slope of x is not the slope of x', async () => {
    const wrong = unary('wrong', 'Identity', (_, dy) => ops.add(dy, dy))
    expect(await gradientError(engine, { shapes: [[3, 5]], build: wrong })).toBeGreaterThan(0.1)
  })

  it('refuses a loss that a variable does not reach', () => {
    const x = input('x', [2])
    const decided = ops.cast(ops.greater(x, constant(0)), 'float32')
    expect(() => differentiate(ops.total(decided), [x])).toThrow(
      'differentiate: expected a loss that depends on each variable, got x [2]',
    )
  })

  it('refuses a loss that is not a scalar', () => {
    const x = input('x', [2, 3])
    expect(() => differentiate(x, [x])).toThrow('differentiate: expected a scalar loss, got [2, 3]')
  })
})
