/**
 * @file A depthwise convolution in ONNX Runtime's blocked layout. The plain Conv runs one plane of pixels after the
 * other; in blocks it takes 16 at once and is two to five times as fast, bringing the data in and out of blocks
 * included (docs/log.md). Dense convolutions gain a tenth at most, so they stay plain.
 */
import type { Lowering } from '../lowering.ts'
import type { Shape } from '../tensor.ts'
import { emitBlockedConv, emitFromBlocked, emitToBlocked, paddedChannels } from './blocked.ts'

/** ONNX Runtime brings channels into blocks only if their number is a multiple of this. */
const BLOCK_UNIT = 4

/** Channels a block if a depthwise convolution of so many channels can be done in blocks here, else undefined. */
export function blockFor(lowering: Lowering, channels: number, groups: number): number | undefined {
  const depthwise = groups > 1 && groups === channels
  return depthwise && channels % BLOCK_UNIT === 0 ? lowering.channelBlock : undefined
}

/** ONNX attributes of the convolution, but for its group. */
export interface DepthwiseAttributes {
  readonly kernel_shape: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly pads: readonly number[]
}

/** y = depthwise convolution of x [N, C, H, W] with w [C, 1, kh, kw]. @param weightShape of w */
export function lowerBlockedDepthwise(
  lowering: Lowering,
  [x, w]: readonly [string, string],
  weightShape: Shape,
  attributes: DepthwiseAttributes,
  block: number,
): string {
  const [channels, , rows, columns] = weightShape as [number, number, number, number]
  const padded = paddedChannels(channels, block)
  const asPicture = lowering.reshape(w, [1, channels, rows, columns])
  const windows = lowering.reshape(emitToBlocked(lowering, asPicture), [padded, 1, rows, columns])
  const inputs = [emitToBlocked(lowering, x), windows]
  const y = emitBlockedConv(lowering, inputs, { ...attributes, group: padded })
  return emitFromBlocked(lowering, y, channels)
}
