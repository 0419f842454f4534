/**
 * @file How the loss changes with a convolution's input: each output pixel hands its gradient back to the
 * input pixels its window saw, times the weight it saw them through.
 *
 * With stride 1 that is itself a convolution, with the weights turned by 180 degrees and input and output
 * channels swapped, and a convolution is the fastest thing the engine has. With a larger stride it is
 * ONNX's ConvTranspose. A window of 3x3 over many channels is done in winograd.ts.
 * (Dumoulin and Visin, A guide to convolution arithmetic, chapter 4.)
 */
import type { Lowering } from '../lowering.ts'
import { apply, type Operator } from '../operator.ts'
import type { Shape, Tensor } from '../tensor.ts'
import { windowAttributes, windowExtent } from './conv-geometry.ts'
import type { Conv2dAttributes } from './conv2d.ts'
import { blockFor, lowerBlockedDepthwise } from './conv2d-blocked.ts'
import { lowerWinogradInputGradient, paysWinograd } from './winograd.ts'

interface Attributes extends Conv2dAttributes {
  readonly inputShape: Shape
}

const operator: Operator<Attributes> = {
  name: 'conv2dInputGradient',
  infer: (_, { inputShape }) => ({ shape: inputShape, dtype: 'float32' }),
  lower: (lowering, [dy, w], { inputs, attributes }) => {
    const shapes = { x: attributes.inputShape, w: inputs[1]!.shape, y: inputs[0]!.shape }
    if (paysWinograd(lowering, shapes.w, attributes))
      return lowerWinogradInputGradient(lowering, { dy: dy!, w: w! }, shapes, attributes)
    const turnedPadding = paddingWhenTurned(attributes)
    if (turnedPadding === null)
      return lowerTransposed(lowering, dy!, w!, inputs[0]!.shape, attributes)
    const { window, groups } = attributes
    const weightShape = inputs[1]!.shape
    const turned = turnWeights(lowering, w!, weightShape, groups)
    const options = {
      kernel_shape: window.kernel,
      strides: [1, 1],
      dilations: window.dilation,
      pads: turnedPadding,
    }
    const block = blockFor(lowering, inputs[0]!.shape[1]!, groups)
    return block === undefined || weightShape[0] !== groups
      ? lowering.emit('Conv', [dy!, turned], { ...options, group: groups })
      : lowerBlockedDepthwise(lowering, [dy!, turned], weightShape, options, block)
  },
}

/** Padding for the turned convolution, or null where it cannot be used (a stride, or more padding than window). */
function paddingWhenTurned({ window }: Attributes): readonly number[] | null {
  if (window.stride[0] !== 1 || window.stride[1] !== 1) return null
  const [rows, columns] = windowExtent(window)
  const [top, left, bottom, right] = window.padding
  const padding = [rows - 1 - top, columns - 1 - left, rows - 1 - bottom, columns - 1 - right]
  return padding.some((n) => n < 0) ? null : padding
}

/** [O, I/g, kh, kw] turned by 180 degrees, channels swapped within each group: [I, O/g, kh, kw]. */
function turnWeights(
  lowering: Lowering,
  w: string,
  [o, perGroup, kh, kw]: Shape,
  groups: number,
): string {
  const turned = kh === 1 && kw === 1 ? w : reverseTaps(lowering, w, o! * perGroup!, kh! * kw!)
  const grouped = lowering.reshape(turned, [groups, o! / groups, perGroup!, kh!, kw!])
  const swapped = lowering.emit('Transpose', [grouped], { perm: [0, 2, 1, 3, 4] })
  return lowering.reshape(swapped, [perGroup! * groups, o! / groups, kh!, kw!])
}

/**
 * The taps of each window, last to first: a product with a matrix that has ones on its other diagonal. A slice that
 * steps backwards does the same number by number, and takes three times as long (docs/log.md).
 */
function reverseTaps(lowering: Lowering, w: string, windows: number, taps: number): string {
  const ones = Array.from({ length: taps * taps }, (_, at) =>
    (at % taps) + Math.floor(at / taps) === taps - 1 ? 1 : 0,
  )
  const flat = lowering.reshape(w, [windows, taps])
  return lowering.emit('MatMul', [flat, lowering.floats(ones, [taps, taps])])
}

function lowerTransposed(
  lowering: Lowering,
  dy: string,
  w: string,
  dyShape: Shape,
  { window, groups, inputShape }: Attributes,
): string {
  const extent = windowExtent(window)
  // Input rows and columns at the far end that no window reached: without them the result is too short.
  const unreached = [0, 1].map((axis) => {
    const covered = (dyShape[2 + axis]! - 1) * window.stride[axis]! + extent[axis]!
    return inputShape[2 + axis]! - (covered - window.padding[axis]! - window.padding[axis + 2]!)
  })
  return lowering.emit('ConvTranspose', [dy, w], {
    ...windowAttributes(window),
    group: groups,
    output_padding: unreached,
  })
}

/** dL/dx of y = conv2d(x, w). @param dy [N, O, Ho, Wo] @param inputShape [N, I, H, W] of x */
export function conv2dInputGradient(
  dy: Tensor,
  w: Tensor,
  inputShape: Shape,
  attributes: Conv2dAttributes,
): Tensor {
  return apply(operator, [dy, w], { ...attributes, inputShape })
}
