/**
 * @file The weight gradient of a depthwise convolution: every (image, channel) plane of x is convolved with its own
 * plane of dy, and the images are added up.
 *
 * ONNX Runtime's plain Conv does that one plane after the other. In its blocked layout (blocked.ts) it takes 16 planes
 * at once and is 5 to 14 times as fast (docs/log.md): dy in blocks, [N, C, Ho, Wo], read as [N C, 1, Ho, Wo], is
 * already what its depthwise convolution wants as weights.
 */
import type { Lowering } from '../lowering.ts'
import type { Operation } from '../operator.ts'
import { emitBlockedConv, emitFromBlocked, emitToBlocked, paddedChannels } from './blocked.ts'
import { blockFor } from './conv2d-blocked.ts'
import {
  keepPlaces,
  placesAttributes,
  type WeightGradientAttributes,
} from './conv2d-weight-places.ts'

/** dw [C, 1, kh, kw]. @param x [N, C, H, W] @param dy [N, C, Ho, Wo], by their names */
export function lowerDepthwise(
  lowering: Lowering,
  x: string,
  dy: string,
  operation: Operation<WeightGradientAttributes>,
): string {
  const { inputs, attributes } = operation
  const n = inputs[0]!.shape[0]!
  const { weightShape } = attributes
  const block = blockFor(lowering, weightShape[0]!, attributes.groups)
  const planes =
    block === undefined
      ? plainPlanes(lowering, x, dy, operation)
      : blockedPlanes(lowering, x, dy, operation, block)
  const taps = keepPlaces(lowering, planes, attributes)
  const channels = block === undefined ? weightShape[0]! : paddedChannels(weightShape[0]!, block)
  const perImage = lowering.reshape(taps, [n, channels, ...weightShape.slice(1)])
  const summed = lowering.emit('ReduceSum', [perImage, lowering.integers([0])], { keepdims: 0 })
  if (channels === weightShape[0]) return summed
  return lowering.emit('Slice', [
    summed,
    lowering.integers([0]),
    lowering.integers([weightShape[0]!]),
    lowering.integers([0]),
  ])
}

/** [1, N C, rows, columns], plane by plane. */
function plainPlanes(
  lowering: Lowering,
  x: string,
  dy: string,
  { inputs, attributes }: Operation<WeightGradientAttributes>,
): string {
  const [n, channels, height, width] = inputs[0]!.shape as [number, number, number, number]
  const [, , rows, columns] = inputs[1]!.shape as [number, number, number, number]
  const planes = n * channels
  const pictures = lowering.reshape(x, [1, planes, height, width])
  const windows = lowering.reshape(dy, [planes, 1, rows, columns])
  const options = placesAttributes([rows, columns], attributes, planes)
  return lowering.emit('Conv', [pictures, windows], options)
}

/** The same for whole blocks of channels at once; C is padded to whole blocks. */
function blockedPlanes(
  lowering: Lowering,
  x: string,
  dy: string,
  { inputs, attributes }: Operation<WeightGradientAttributes>,
  block: number,
): string {
  const [n, channels, height, width] = inputs[0]!.shape as [number, number, number, number]
  const [, , rows, columns] = inputs[1]!.shape as [number, number, number, number]
  const planes = n * paddedChannels(channels, block)
  const pictures = lowering.reshape(emitToBlocked(lowering, x), [1, planes, height, width])
  const windows = lowering.reshape(emitToBlocked(lowering, dy), [planes, 1, rows, columns])
  const options = placesAttributes([rows, columns], attributes, planes)
  return emitFromBlocked(lowering, emitBlockedConv(lowering, [pictures, windows], options), planes)
}
