/**
 * @file How the loss changes with a convolution's weights. The weight of one tap (u, v) from input channel
 * i to output channel o met every pixel pair (x at the tap's place, y); its gradient is their dot product:
 *
 *     dw[o, i, u, v] = Σ over n, r, c of dy[n, o, r, c] · x[n, i, r·stride + u·dilation - top, ...]
 *
 * For one tap that is a matrix product dy [O, Ho·Wo] · (x shifted) [Ho·Wo, I], so the whole gradient is
 * kh·kw matrix products, which the engine does at nearly its full speed. A depthwise convolution has
 * nothing to multiply matrices with; there the picture is convolved with dy as the window instead.
 */
import type { Lowering } from '../lowering.ts'
import { apply, type Operation, type Operator } from '../operator.ts'
import type { Shape, Tensor } from '../tensor.ts'
import type { Conv2dAttributes } from './conv2d.ts'

interface Attributes extends Conv2dAttributes {
  readonly weightShape: Shape
}

const operator: Operator<Attributes> = {
  name: 'conv2dWeightGradient',
  infer: (_, { weightShape }) => ({ shape: weightShape, dtype: 'float32' }),
  lower: (lowering, [x, dy], operation) => {
    const { groups, weightShape } = operation.attributes
    const depthwise = groups > 1 && weightShape[1] === 1 && weightShape[0] === groups
    return depthwise
      ? lowerDepthwise(lowering, x!, dy!, operation)
      : lowerByTaps(lowering, x!, dy!, operation)
  },
}

/** One matrix product a tap. */
function lowerByTaps(
  lowering: Lowering,
  x: string,
  dy: string,
  { inputs, attributes }: Operation<Attributes>,
): string {
  const { groups, weightShape } = attributes
  const [kh, kw] = attributes.window.kernel
  const [n, o, rows, columns] = inputs[1]!.shape as [number, number, number, number]
  const i = inputs[0]!.shape[1]!
  const pixels = rows * columns
  const gradients = lowering.reshape(dy, [n, groups, o / groups, pixels])
  const padded = padPicture(lowering, x, attributes)
  const taps: string[] = []
  for (let u = 0; u < kh; u++)
    for (let v = 0; v < kw; v++) {
      const seen = seenByTap(lowering, padded, u, v, rows, columns, attributes)
      const flat = lowering.reshape(seen, [n, groups, i / groups, pixels])
      const product = multiplyTransposed(lowering, gradients, flat) // [N, g, O/g, I/g]
      const summed = lowering.emit('ReduceSum', [product, lowering.integers([0])], { keepdims: 0 })
      taps.push(lowering.reshape(summed, [o, i / groups, 1]))
    }
  const stacked = taps.length === 1 ? taps[0]! : lowering.emit('Concat', taps, { axis: 2 })
  return lowering.reshape(stacked, weightShape)
}

/** The part of the padded picture that tap (u, v) sees, [N, I, Ho, Wo]. */
function seenByTap(
  lowering: Lowering,
  padded: string,
  u: number,
  v: number,
  rows: number,
  columns: number,
  { window: { kernel, stride, dilation } }: Attributes,
): string {
  const single = kernel[0] === 1 && kernel[1] === 1 && stride[0] === 1 && stride[1] === 1
  if (single) return padded
  const top = u * dilation[0]
  const left = v * dilation[1]
  return lowering.emit('Slice', [
    padded,
    lowering.integers([top, left]),
    lowering.integers([top + (rows - 1) * stride[0] + 1, left + (columns - 1) * stride[1] + 1]),
    lowering.integers([2, 3]),
    lowering.integers([...stride]),
  ])
}

function padPicture(lowering: Lowering, x: string, { window }: Attributes): string {
  const [top, left, bottom, right] = window.padding
  if (window.padding.every((n) => n === 0)) return x
  return lowering.emit('Pad', [x, lowering.integers([0, 0, top, left, 0, 0, bottom, right]), lowering.scalar(0)])
}

/** a · bᵀ over the last two axes. */
function multiplyTransposed(lowering: Lowering, a: string, b: string): string {
  if (lowering.target === 'cpu')
    return lowering.emit('FusedMatMul', [a, b], { transB: 1 }, { domain: 'com.microsoft' })
  return lowering.emit('MatMul', [a, lowering.emit('Transpose', [b], { perm: [0, 1, 3, 2] })])
}

/**
 * Depthwise: every (image, channel) plane is convolved with its own dy plane. The roles of stride and
 * dilation swap: neighbouring dy pixels look at input pixels a stride apart.
 */
function lowerDepthwise(
  lowering: Lowering,
  x: string,
  dy: string,
  { inputs, attributes: { window, weightShape } }: Operation<Attributes>,
): string {
  const [n, channels, height, width] = inputs[0]!.shape as [number, number, number, number]
  const [, , rows, columns] = inputs[1]!.shape as [number, number, number, number]
  const [kh, kw] = window.kernel
  const planes = lowering.emit(
    'Conv',
    [lowering.reshape(x, [1, n * channels, height, width]), lowering.reshape(dy, [n * channels, 1, rows, columns])],
    {
      kernel_shape: [rows, columns],
      strides: window.dilation,
      dilations: window.stride,
      pads: window.padding,
      group: n * channels,
    },
  )
  // A picture whose far edge no window reached yields a row or column too many; keep the first kh x kw.
  const cut = lowering.emit('Slice', [planes, lowering.integers([0, 0]), lowering.integers([kh, kw]), lowering.integers([2, 3])])
  const perImage = lowering.reshape(cut, [n, ...weightShape])
  return lowering.emit('ReduceSum', [perImage, lowering.integers([0])], { keepdims: 0 })
}

/** dL/dw of y = conv2d(x, w). @param dy [N, O, Ho, Wo] @param weightShape [O, I / groups, kh, kw] */
export function conv2dWeightGradient(
  x: Tensor,
  dy: Tensor,
  weightShape: Shape,
  attributes: Conv2dAttributes,
): Tensor {
  return apply(operator, [x, dy], { ...attributes, weightShape })
}
