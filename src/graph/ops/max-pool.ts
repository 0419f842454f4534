/**
 * @file Max pooling: keep only the strongest answer in each window.
 * Shapes: x [N, C, H, W], y [N, C, Ho, Wo].
 */
import { apply, type Operator } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import {
  type Pair,
  type Window,
  type WindowOptions,
  windowAttributes,
  windowCount,
  windowOf,
} from './conv-geometry.ts'
import { maxPoolGradient } from './max-pool-gradient.ts'

/** How the window moves. */
export interface MaxPoolOptions extends WindowOptions {
  /** Window size, [height, width] or one number for both. */
  readonly kernel: Pair
  /** Let a last window hang over the far edge (VGG's pool3 in SSD needs it: 75 → 38), default false. */
  readonly ceilMode?: boolean
}

/** Every direction written out. */
export interface MaxPoolAttributes {
  readonly window: Window
  readonly ceilMode: boolean
}

const operator: Operator<MaxPoolAttributes> = {
  name: 'maxPool',
  infer: ([x], { window, ceilMode }) => {
    const counts = windowCount('maxPool', x!.shape, window, ceilMode ? Math.ceil : Math.floor)
    // A window that would start in the far padding sees nothing and is left out.
    const [rows, columns] = counts.map((count, axis) => {
      const start = (count - 1) * window.stride[axis]! - window.padding[axis]!
      return start >= x!.shape[2 + axis]! ? count - 1 : count
    }) as [number, number]
    return { shape: [x!.shape[0]!, x!.shape[1]!, rows, columns], dtype: 'float32' }
  },
  lower: (lowering, names, { attributes: { window, ceilMode } }) =>
    lowering.emit('MaxPool', names, { ...windowAttributes(window), ceil_mode: Number(ceilMode) }),
  gradient: ({ inputs: [x], output, attributes }, dy) => [
    maxPoolGradient(x!, output, dy, attributes),
  ],
}

/** The largest element of each window; windows may overlap. Padding never wins. */
export function maxPool(x: Tensor, options: MaxPoolOptions): Tensor {
  const { kernel, ceilMode = false } = options
  const window = windowOf(typeof kernel === 'number' ? [kernel, kernel] : kernel, options)
  return apply(operator, [x], { window, ceilMode })
}
