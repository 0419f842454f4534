import { afterAll, describe, expect, it } from 'vitest'
import { type GradientCase, gradientError } from '../../test/support/finite-differences.ts'
import { createEngine } from '../engine/node.ts'
import * as ops from './ops.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())
const channelBlock = await (await engine.capabilities()).channelBlock()
if (channelBlock === undefined)
  console.warn('SKIPPED: ONNX Runtime has no blocked layout on this machine')

describe('in blocks of channels, where ONNX Runtime has them, the gradient of a depthwise convolution', () => {
  const depthwise = (
    channels: number,
    kernel: number,
    options: ops.Conv2dOptions,
  ): GradientCase => ({
    shapes: [
      [2, channels, 7, 9],
      [channels, 1, kernel, kernel],
    ],
    build: (x, w) => ops.conv2d(x, w, { groups: channels, ...options }),
  })
  it.skipIf(channelBlock === undefined).each([
    ['3x3', depthwise(16, 3, { padding: 1 })],
    ['3x3 of 20 channels, which fill no whole number of blocks', depthwise(20, 3, { padding: 1 })],
    ['5x5 with stride', depthwise(12, 5, { padding: 2, stride: 2 })],
    ['3x3 of 3 channels, which take the plain way', depthwise(3, 3, { padding: 1 })],
    [
      '3x3 with uneven stride and dilation',
      depthwise(8, 3, { padding: 2, stride: [2, 1], dilation: [1, 2] }),
    ],
  ])('agrees with finite differences: %s', async (_, spec) => {
    const blocked = { ...spec, channelBlock: channelBlock! }
    expect(await gradientError(engine, blocked)).toBeLessThan(3e-3)
  })
})
