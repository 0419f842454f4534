/**
 * @file 2-D convolution: the same small window of weights looks at every place of the picture.
 *
 *     y[n, o, r, c] = b[o] + Σ over i, u, v of w[o, i, u, v] · x[n, i, r·stride + u·dilation - top, c·stride + v·dilation - left]
 *
 * Shapes: x [N, I, H, W], w [O, I / groups, kh, kw], b [O] (may be left out), y [N, O, Ho, Wo]. With groups = I each channel has
 * windows of its own ("depthwise").
 *
 * Read in this order: this file (what a convolution is), conv-geometry.ts (how large y is), conv2d-input-gradient.ts and
 * conv2d-weight-gradient.ts (what its gradients are); then, if you want to know why they are fast: winograd.ts,
 * conv2d-weight-places.ts, blocked.ts, conv2d-blocked.ts and conv2d-weight-gradient-depthwise.ts.
 */
import { apply, type Operator, shapeError } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { channelSum } from './channel-affine.ts'
import {
  type Window,
  type WindowOptions,
  windowAttributes,
  windowCount,
  windowOf,
} from './conv-geometry.ts'
import { blockFor, lowerBlockedDepthwise } from './conv2d-blocked.ts'
import { conv2dInputGradient } from './conv2d-input-gradient.ts'
import { conv2dWeightGradient } from './conv2d-weight-gradient.ts'

/** How the window moves, and into how many independent groups the channels are split (default 1). */
export interface Conv2dOptions extends WindowOptions {
  readonly groups?: number
  /** A number added to each output channel, [O]; default none. */
  readonly bias?: Tensor
}

/** Every direction written out. */
export interface Conv2dAttributes {
  readonly window: Window
  readonly groups: number
}

const operator: Operator<Conv2dAttributes> = {
  name: 'conv2d',
  infer: ([x, w, bias], { window, groups }) => {
    const [n, channels] = x!.shape as [number, number]
    const [outputs, perGroup] = w!.shape as [number, number]
    if (perGroup * groups !== channels || outputs % groups !== 0)
      throw shapeError(
        'conv2d',
        `expected weights [O, ${channels} / ${groups}, kh, kw] with O a multiple of ${groups}`,
        w!.shape,
      )
    if (bias !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== outputs))
      throw shapeError('conv2d', `expected a bias of [${outputs}]`, bias.shape)
    return { shape: [n, outputs, ...windowCount('conv2d', x!.shape, window)], dtype: 'float32' }
  },
  lower: (lowering, names, { inputs: [x, w], attributes: { window, groups } }) => {
    const block = names.length === 2 ? blockFor(lowering, x!.shape[1]!, groups) : undefined
    if (block === undefined || w!.shape[0] !== groups)
      return lowering.emit('Conv', names, { ...windowAttributes(window), group: groups })
    const pair = names as unknown as readonly [string, string]
    return lowerBlockedDepthwise(lowering, pair, w!.shape, windowAttributes(window), block)
  },
  gradient: ({ inputs: [x, w, bias], attributes }, dy) => [
    conv2dInputGradient(dy, w!, x!.shape, attributes),
    conv2dWeightGradient(x!, dy, w!.shape, attributes),
    ...(bias === undefined ? [] : [channelSum(dy)]),
  ],
}

/** Convolution of x [N, I, H, W] with w [O, I / groups, kh, kw]. */
export function conv2d(x: Tensor, w: Tensor, options: Conv2dOptions = {}): Tensor {
  if (x.shape.length !== 4 || w.shape.length !== 4)
    throw shapeError('conv2d', 'expected x and w of 4 axes', [[...x.shape], [...w.shape]])
  const window = windowOf([w.shape[2]!, w.shape[3]!], options)
  const { bias, groups = 1 } = options
  return apply(operator, bias === undefined ? [x, w] : [x, w, bias], { window, groups })
}
