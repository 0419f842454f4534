/**
 * @file How the loss changes with the input of max pooling: each window hands its gradient to the one
 * element that won. Of equal elements the first (row after row) won, as in PyTorch.
 *
 * Where windows do not overlap, the engine can say which element won and put the gradient back there. Where they do,
 * tap by tap of the window: the elements the tap sees are a strided slice of the picture; where it equals
 * the maximum, and no earlier tap won, it takes the gradient. Putting the taps' shares back into the
 * picture is a transposed convolution with one window per tap, 1 at that tap and 0 elsewhere.
 */

import type { Lowering } from '../lowering.ts'
import { apply, type Operation, type Operator } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { type Window, windowExtent } from './conv-geometry.ts'
import type { MaxPoolAttributes } from './max-pool.ts'

/** Smaller than every number a network makes, so that padding never wins. */
const LOWEST = -3.4e38

const operator: Operator<MaxPoolAttributes> = {
  name: 'maxPoolGradient',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'float32' }),
  lower: (lowering, [x, y, dy], operation) => {
    const [n, c, height, width] = operation.inputs[0]!.shape as [number, number, number, number]
    const { window } = operation.attributes
    if (lowering.target === 'cpu' && standApart(window))
      return lowerApart(lowering, x!, dy!, operation)
    const [top, left] = window.padding
    const [fullHeight, fullWidth] = coveredSize(operation)
    const shares = winnersByTap(lowering, x!, y!, dy!, operation)
    const back = lowering.emit(
      'ConvTranspose',
      [shares, oneWindowPerTap(lowering, window.kernel)],
      {
        kernel_shape: window.kernel,
        strides: window.stride,
        dilations: window.dilation,
      },
    ) // [N C, 1, rows, columns] of the padded picture
    const long = lowering.emit('Pad', [
      back,
      lowering.integers([
        0,
        0,
        0,
        0,
        0,
        0,
        Math.max(0, top + height - fullHeight),
        Math.max(0, left + width - fullWidth),
      ]),
      lowering.scalar(0),
    ])
    const inside = lowering.emit('Slice', [
      long,
      lowering.integers([top, left]),
      lowering.integers([top + height, left + width]),
      lowering.integers([2, 3]),
    ])
    return lowering.reshape(inside, [n, c, height, width])
  },
}

/** Whether no element is seen by two windows: then each window's gradient has a place of its own. */
function standApart({ kernel, stride, dilation }: Window): boolean {
  return [0, 1].every((axis) => dilation[axis] === 1 && kernel[axis]! <= stride[axis]!)
}

/** The engine tells where each window's maximum was, and puts the gradient there; no other device can. */
function lowerApart(
  lowering: Lowering,
  x: string,
  dy: string,
  operation: Operation<MaxPoolAttributes>,
): string {
  const [, , height, width] = operation.inputs[0]!.shape as [number, number, number, number]
  const { window, ceilMode } = operation.attributes
  const options = { kernel_shape: window.kernel, strides: window.stride }
  const pooling = { ...options, pads: window.padding, ceil_mode: Number(ceilMode) }
  const places = lowering.emit('MaxPool', [x], pooling, { outputIndex: 1 })
  // A last window may hang over the far edge (ceil mode): so much is no picture.
  const [top, left] = window.padding
  const [fullHeight, fullWidth] = coveredSize(operation)
  const over = [Math.max(0, fullHeight - top - height), Math.max(0, fullWidth - left - width)]
  const shape = lowering.integers([...operation.inputs[0]!.shape])
  const pads = [top, left, ...over]
  return lowering.emit('MaxUnpool', [dy, places, shape], { ...options, pads })
}

/** Rows and columns of the padded picture that the windows cover together. */
function coveredSize({
  inputs,
  attributes: { window },
}: Operation<MaxPoolAttributes>): [number, number] {
  const [, , rows, columns] = inputs[1]!.shape as [number, number, number, number]
  const extent = windowExtent(window)
  return [(rows - 1) * window.stride[0] + extent[0], (columns - 1) * window.stride[1] + extent[1]]
}

/** The gradient of each window, given to the tap that won: [N C, taps, Ho, Wo]. */
function winnersByTap(
  lowering: Lowering,
  x: string,
  y: string,
  dy: string,
  operation: Operation<MaxPoolAttributes>,
): string {
  const { window } = operation.attributes
  const [n, c, height, width] = operation.inputs[0]!.shape as [number, number, number, number]
  const [, , rows, columns] = operation.inputs[1]!.shape as [number, number, number, number]
  const [top, left] = window.padding
  const [fullHeight, fullWidth] = coveredSize(operation)
  const bottom = Math.max(0, fullHeight - top - height)
  const right = Math.max(0, fullWidth - left - width)
  const padded = lowering.emit('Pad', [
    x,
    lowering.integers([0, 0, top, left, 0, 0, bottom, right]),
    lowering.scalar(LOWEST),
  ])
  let remaining = dy
  const shares: string[] = []
  for (let u = 0; u < window.kernel[0]; u++)
    for (let v = 0; v < window.kernel[1]; v++) {
      const start = [u * window.dilation[0], v * window.dilation[1]]
      const seen = lowering.emit('Slice', [
        padded,
        lowering.integers(start),
        lowering.integers([
          start[0]! + (rows - 1) * window.stride[0] + 1,
          start[1]! + (columns - 1) * window.stride[1] + 1,
        ]),
        lowering.integers([2, 3]),
        lowering.integers([...window.stride]),
      ])
      const won = lowering.emit('Equal', [seen, y])
      const share = lowering.emit('Where', [won, remaining, lowering.scalar(0)])
      remaining = lowering.emit('Where', [won, lowering.scalar(0), remaining])
      shares.push(lowering.reshape(share, [n * c, 1, rows, columns]))
    }
  return lowering.emit('Concat', shares, { axis: 1 })
}

/** Weights [taps, 1, kh, kw]: window t is 1 at tap t. */
function oneWindowPerTap(lowering: Lowering, [kh, kw]: readonly [number, number]): string {
  const taps = kh * kw
  const identity = Array.from({ length: taps * taps }, (_, at) => (at % (taps + 1) === 0 ? 1 : 0))
  return lowering.floats(identity, [taps, 1, kh, kw])
}

/** dL/dx of y = maxPool(x). */
export function maxPoolGradient(
  x: Tensor,
  y: Tensor,
  dy: Tensor,
  attributes: MaxPoolAttributes,
): Tensor {
  return apply(operator, [x, y, dy], attributes)
}
