/**
 * @file How the loss changes with a convolution's weights. The weight of one tap (u, v) from input channel
 * i to output channel o met every pixel pair (x at the tap's place, y); its gradient is their dot product:
 *
 *     dw[o, i, u, v] = Σ over n, r, c of dy[n, o, r, c] · x[n, i, r·stride + u·dilation - top, ...]
 *
 * For one tap that is a matrix product dy [O, Ho·Wo] · (x shifted) [Ho·Wo, I], so the whole gradient is
 * kh·kw matrix products, which the engine does at nearly its full speed. With few input channels the matrices
 * are too thin for that, and a depthwise convolution has none at all: there x is convolved with dy as the
 * window instead, which is the same sum. A window of 3x3 over many channels is done in winograd.ts.
 */
import { type Lowering, ORT_DOMAIN } from '../lowering.ts'
import { apply, type Operation, type Operator } from '../operator.ts'
import type { Shape, Tensor } from '../tensor.ts'
import type { Conv2dAttributes } from './conv2d.ts'
import { lowerDepthwise } from './conv2d-weight-gradient-depthwise.ts'
import {
  keepPlaces,
  placesAttributes,
  type WeightGradientAttributes,
} from './conv2d-weight-places.ts'
import { lowerWinogradWeightGradient, paysWinograd } from './winograd.ts'

const operator: Operator<WeightGradientAttributes> = {
  name: 'conv2dWeightGradient',
  infer: (_, { weightShape }) => ({ shape: weightShape, dtype: 'float32' }),
  lower: (lowering, [x, dy], operation) => {
    const { groups, weightShape } = operation.attributes
    const depthwise = groups > 1 && weightShape[1] === 1 && weightShape[0] === groups
    if (depthwise) return lowerDepthwise(lowering, x!, dy!, operation)
    if (groups === 1 && lowering.target === 'cpu' && isPointwise(operation.attributes))
      return lowerPointwise(lowering, x!, dy!, operation)
    if (paysWinograd(lowering, weightShape, operation.attributes)) {
      const [pictures, gradients] = operation.inputs
      const shapes = { x: pictures!.shape, w: weightShape, y: gradients!.shape }
      const names = { x: x!, dy: dy! }
      return lowerWinogradWeightGradient(lowering, names, shapes, operation.attributes)
    }
    return groups === 1 && weightShape[1]! <= FEW_CHANNELS
      ? lowerFewChannels(lowering, x!, dy!, operation)
      : lowerByTaps(lowering, x!, dy!, operation)
  },
}

/** Whether every window is one pixel, and every pixel has one. */
function isPointwise({ window }: WeightGradientAttributes): boolean {
  return [...window.kernel, ...window.stride].every((n) => n === 1) && !window.padding.some(Boolean)
}

/** dy [O, H·W] · xᵀ [H·W, I], x being read as its transpose where it lies. */
function lowerPointwise(
  lowering: Lowering,
  x: string,
  dy: string,
  { inputs, attributes }: Operation<WeightGradientAttributes>,
): string {
  const [n, i, height, width] = inputs[0]!.shape as [number, number, number, number]
  const o = inputs[1]!.shape[1]!
  const pixels = height * width
  // Copied: both factors, once an image. Added up otherwise: the weights, once an image.
  const gathered = (o + i) * pixels < o * i
  const factor = (map: string, channels: number) =>
    gathered
      ? gatherImages(lowering, map, [n, channels, pixels])
      : lowering.reshape(map, [n, channels, pixels])
  const factors = [factor(dy, o), factor(x, i)]
  const product = lowering.emit('FusedMatMul', factors, { transB: 1 }, ORT_DOMAIN)
  return lowering.reshape(gathered ? product : addImages(lowering, product), attributes.weightShape)
}

/**
 * [N, C, H·W] as [C, N·H·W]: then one product goes over the pixels of all images. One product an image gives N results
 * to add up; that costs more than this copy where the maps are small and the weights many (docs/log.md).
 */
function gatherImages(
  lowering: Lowering,
  map: string,
  [n, channels, pixels]: readonly [number, number, number],
): string {
  const split = lowering.reshape(map, [n, channels, pixels])
  const swapped = lowering.emit('Transpose', [split], { perm: [1, 0, 2] })
  return lowering.reshape(swapped, [channels, n * pixels])
}

/** [N, ...] to [...]: the sum over the images. */
function addImages(lowering: Lowering, products: string): string {
  return lowering.emit('ReduceSum', [products, lowering.integers([0])], { keepdims: 0 })
}

/** Up to so many input channels (a picture has three) this is faster; with 16 it is slower (docs/log.md). */
const FEW_CHANNELS = 3

/**
 * One matrix product a tap. With the channels innermost, what a tap sees is cut out in whole pixels (a
 * slice along the width would copy number by number: measured, two to three times slower with stride 2),
 * and the product needs no transposed factor: dy [O, Ho·Wo] · seen [Ho·Wo, I].
 */
function lowerByTaps(
  lowering: Lowering,
  x: string,
  dy: string,
  operation: Operation<WeightGradientAttributes>,
): string {
  const { inputs, attributes } = operation
  const { groups, weightShape } = attributes
  const [kh, kw] = attributes.window.kernel
  const [n, o, rows, columns] = inputs[1]!.shape as [number, number, number, number]
  const i = inputs[0]!.shape[1]!
  const pixels = rows * columns
  // Copied: dy, once an image. Added up otherwise: the weights of all taps, once an image.
  const gathered = groups === 1 && o * pixels < kh * kw * o * i
  const gradients = gathered
    ? gatherImages(lowering, dy, [n, o, pixels])
    : lowering.reshape(dy, [n, groups, o / groups, pixels])
  const padded = channelsLast(lowering, x, attributes)
  const taps: string[] = []
  for (let u = 0; u < kh; u++)
    for (let v = 0; v < kw; v++) {
      const seen = seenByTap(lowering, padded, [u, v], [rows, columns], attributes)
      const factor = gathered
        ? lowering.reshape(seen, [n * pixels, i])
        : splitGroups(lowering, seen, [n, pixels, i], groups) // [N, g, Ho Wo, I/g]
      const product = lowering.emit('MatMul', [gradients, factor])
      const summed = gathered ? product : addImages(lowering, product)
      taps.push(lowering.reshape(summed, [o, i / groups, 1]))
    }
  const stacked = taps.length === 1 ? taps[0]! : lowering.emit('Concat', taps, { axis: 2 })
  return lowering.reshape(stacked, weightShape)
}

/** [N, I, H, W] as [N, H, W, I], with its border. */
function channelsLast(lowering: Lowering, x: string, { window }: WeightGradientAttributes): string {
  const pixels = lowering.emit('Transpose', [x], { perm: [0, 2, 3, 1] })
  const [top, left, bottom, right] = window.padding
  if (window.padding.every((width) => width === 0)) return pixels
  const border = lowering.integers([0, top, left, 0, 0, bottom, right, 0])
  return lowering.emit('Pad', [pixels, border, lowering.scalar(0)])
}

/** The part of the bordered picture that one tap sees, [N, Ho, Wo, I]. */
function seenByTap(
  lowering: Lowering,
  padded: string,
  [u, v]: readonly [number, number],
  [rows, columns]: readonly [number, number],
  { window: { kernel, stride, dilation } }: WeightGradientAttributes,
): string {
  const everything = kernel[0] * kernel[1] === 1 && stride[0] === 1 && stride[1] === 1
  if (everything) return padded
  const top = u * dilation[0]
  const left = v * dilation[1]
  return lowering.emit('Slice', [
    padded,
    lowering.integers([top, left]),
    lowering.integers([top + (rows - 1) * stride[0] + 1, left + (columns - 1) * stride[1] + 1]),
    lowering.integers([1, 2]),
    lowering.integers([...stride]),
  ])
}

/** [N, Ho, Wo, I] as [N, g, Ho·Wo, I/g]. */
function splitGroups(
  lowering: Lowering,
  seen: string,
  [n, pixels, i]: readonly [number, number, number],
  groups: number,
): string {
  if (groups === 1) return lowering.reshape(seen, [n, 1, pixels, i])
  const split = lowering.reshape(seen, [n, pixels, groups, i / groups])
  return lowering.emit('Transpose', [split], { perm: [0, 2, 1, 3] })
}

/**
 * Few channels: images and channels change places, so that each input channel is a picture with N layers,
 * and each output channel of dy a window over them.
 */
function lowerFewChannels(
  lowering: Lowering,
  x: string,
  dy: string,
  { inputs, attributes }: Operation<WeightGradientAttributes>,
): string {
  const [, , rows, columns] = inputs[1]!.shape as [number, number, number, number]
  const swap = { perm: [1, 0, 2, 3] }
  const pictures = lowering.emit('Transpose', [x], swap) // [I, N, H, W]
  const windows = lowering.emit('Transpose', [dy], swap) // [O, N, Ho, Wo]
  const options = placesAttributes([rows, columns], attributes, 1)
  const places = lowering.emit('Conv', [pictures, windows], options)
  const taps = keepPlaces(lowering, places, attributes)
  return lowering.emit('Transpose', [taps], swap) // [I, O, kh, kw] to [O, I, kh, kw]
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
