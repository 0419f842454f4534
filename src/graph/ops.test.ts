import { afterAll, describe, expect, it } from 'vitest'
import { createEngine } from '../engine/node.ts'
import { differentiate } from './differentiate.ts'
import type { Target } from './lowering.ts'
import { toOnnx } from './onnx.ts'
import type { MaxPoolOptions } from './ops/max-pool.ts'
import * as ops from './ops.ts'
import { constant, indices, type Tensor } from './tensor.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

async function compute(output: Tensor, target: Target = 'cpu'): Promise<number[]> {
  const asFloats = output.dtype === 'float32' ? output : ops.cast(output, 'float32')
  const program = await engine.compile({ bytes: toOnnx({ y: asFloats }, { target }) })
  const { outputs } = await program.run({})
  await program.close()
  return [...outputs.y!].map((value) => Math.round(value * 1e5) / 1e5 + 0) // + 0: -0 is 0
}

/** 1, 2, 3, ... in a shape. */
const counting = (...shape: number[]) =>
  constant(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1),
    shape,
  )

describe('values worked out by hand', () => {
  it('conv2d(3x4 picture, 2x2 window of ones) adds up each 2x2 block', async () => {
    const y = ops.conv2d(counting(1, 1, 3, 4), constant([1, 1, 1, 1], [1, 1, 2, 2]))
    expect(y.shape).toEqual([1, 1, 2, 3])
    expect(await compute(y)).toEqual([14, 18, 22, 30, 34, 38]) // 1 + 2 + 5 + 6 = 14
  })

  it('conv2d with stride 2 and padding 1 starts one pixel outside', async () => {
    const y = ops.conv2d(counting(1, 1, 3, 4), constant(new Array(9).fill(1), [1, 1, 3, 3]), {
      stride: 2,
      padding: 1,
    })
    expect(y.shape).toEqual([1, 1, 2, 2])
    expect(await compute(y)).toEqual([14, 30, 30, 54]) // top left sees 1, 2, 5, 6
  })

  it('maxPool in ceil mode lets the last window hang over the edge', async () => {
    const y = ops.maxPool(counting(1, 1, 3, 5), { kernel: 2, stride: 2, ceilMode: true })
    expect(y.shape).toEqual([1, 1, 2, 3])
    expect(await compute(y)).toEqual([7, 9, 10, 12, 14, 15])
  })

  it('maxPool in ceil mode leaves out a window that would see only padding', async () => {
    const options = { kernel: 2, stride: 3, padding: [0, 0, 0, 1], ceilMode: true } as const
    const y = ops.maxPool(counting(1, 1, 2, 3), options) // the second window would start at column 3
    expect(y.shape).toEqual([1, 1, 1, 1])
    expect(await compute(y)).toEqual([5])
  })

  it("maxPool's gradient goes to the first of equal elements, whether or not windows overlap", async () => {
    const x = constant([5, 5, 1, 5, 5, 5], [1, 1, 2, 3]) // rows 5 5 1 and 5 5 5
    const gradient = (options: MaxPoolOptions, target: Target) => {
      const y = ops.maxPool(x, options)
      return compute(differentiate(ops.total(y), [x])[0]!, target)
    }
    for (const target of ['cpu', 'portable'] as const) {
      // Windows (5 5 / 5 5) and, over the edge, (1 / 5): one winner each.
      const apart = { kernel: 2, stride: 2, ceilMode: true }
      expect(await gradient(apart, target)).toEqual([1, 0, 0, 0, 0, 1])
      // Windows (5 5 / 5 5) and (5 1 / 5 5): the second one's first 5 is in the middle of the upper row.
      expect(await gradient({ kernel: 2, stride: 1 }, target)).toEqual([1, 1, 0, 0, 0, 0])
    }
  })

  it('rank gives 0 to the largest of each row, and of equal ones the earlier comes first', async () => {
    const y = ops.rank(constant([3, 9, 3, 1, 2, 2, 2, 5], [2, 4]))
    expect(await compute(y)).toEqual([1, 0, 2, 3, 1, 2, 3, 0])
  })

  it('gather picks one element of each row', async () => {
    expect(await compute(ops.gather(counting(2, 3), indices([2, 0])))).toEqual([3, 4])
  })

  it('logSoftmax survives logits of a thousand', async () => {
    const y = ops.logSoftmax(constant([1000, 1000], [1, 2]), 1)
    const logHalf = Math.round(Math.log(0.5) * 1e5) / 1e5
    expect(await compute(y)).toEqual([logHalf, logHalf])
    expect(await compute(y, 'portable')).toEqual([logHalf, logHalf])
  })

  it('the variance of a large flat picture keeps six digits', async () => {
    // 25,600 pixels: 1 in 16 is 0.1, the others 0.0003. One long sum loses a digit here, rows do not.
    const values = Float32Array.from({ length: 160 * 160 }, (_, i) => (i % 16 === 5 ? 0.1 : 0.0003))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const exact = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    const { variance } = ops.channelMoments(constant(values, [1, 1, 160, 160]))
    const millionths = ops.multiply(ops.subtract(variance, constant(exact)), constant(1e6 / exact))
    const [error] = (await compute(millionths)) as number[]
    expect(Math.abs(error!)).toBeLessThan(1)
  })

  it('channelMoments of 1, 3 | 2, 6 are means 2, 4 and variances 1, 4', async () => {
    const { mean, variance } = ops.channelMoments(constant([1, 3, 2, 6], [1, 2, 1, 2]))
    expect(await compute(mean)).toEqual([2, 4])
    expect(await compute(variance)).toEqual([1, 4])
  })

  it('l2Normalise brings a pixel (3, 4) to (0.6, 0.8), and a pixel of zeros stays zero', async () => {
    expect(await compute(ops.l2Normalise(constant([3, 0, 4, 0], [1, 2, 1, 2])))).toEqual([
      0.6, 0, 0.8, 0,
    ])
  })

  it('hardSwish is 0 at -3, x at 3, and 1 · 4/6 at 1', async () => {
    expect(await compute(ops.hardSwish(constant([-3, 3, 1], [3])))).toEqual([0, 3, 0.66667])
  })

  it('upsample repeats each pixel of a 1x2 picture', async () => {
    expect(await compute(ops.upsample(constant([1, 2], [1, 1, 1, 2]), 2))).toEqual([
      1, 1, 2, 2, 1, 1, 2, 2,
    ])
  })
})

describe('shape rules refuse what does not fit, and say so', () => {
  it('conv2d names the channels it expected', () => {
    expect(() => ops.conv2d(counting(1, 3, 4, 5), counting(2, 2, 3, 3))).toThrow(
      'conv2d: expected weights [O, 3 / 1, kh, kw] with O a multiple of 1, got [2, 2, 3, 3]',
    )
  })

  it('conv2d refuses a picture smaller than its window', () => {
    expect(() => ops.conv2d(counting(1, 1, 2, 9), counting(1, 1, 3, 3))).toThrow(
      'conv2d: expected an input of at least 3x3 with its padding, got [2, 9]',
    )
  })

  it.each([
    [
      'add',
      () => ops.add(counting(2, 3), counting(2)),
      'add: expected shapes that broadcast, got [[2, 3], [2]]',
    ],
    [
      'reshape',
      () => ops.reshape(counting(2, 3), [4]),
      'reshape: expected the same number of elements',
    ],
    [
      'transpose',
      () => ops.transpose(counting(2, 3), [0, 0]),
      'transpose: expected an order of the axes of [2,3]',
    ],
    [
      'concat',
      () => ops.concat([counting(2, 3), counting(2, 4)], 0),
      'concat: expected equal lengths but for axis 0',
    ],
    [
      'slice',
      () => ops.slice(counting(4), [{ axis: 0, start: 2, end: 5 }]),
      'slice: expected 0 <= start < end <= 4 on axis 0',
    ],
    [
      'matmul',
      () => ops.matmul(counting(2, 3), counting(2, 3)),
      'matmul: expected equal inner lengths',
    ],
    [
      'gather',
      () => ops.gather(counting(2, 3), indices([0])),
      'gather: expected one whole-number index for each row [2]',
    ],
    ['rank', () => ops.rank(counting(3)), 'rank: expected [N, A], got [3]'],
    [
      'where',
      () => ops.where(counting(2), counting(2), counting(2)),
      'where: expected a bool condition, got float32',
    ],
    [
      'pad',
      () => ops.pad(counting(2), { before: [-1], after: [0] }),
      'pad: expected 1 counts of at least 0',
    ],
    [
      'channelAffine',
      () => ops.channelAffine(counting(1, 2, 1, 1), counting(3), counting(2)),
      'channelAffine: expected one number a channel [2]',
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(message)
  })
})
