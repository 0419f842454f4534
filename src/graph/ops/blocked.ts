/**
 * @file ONNX Runtime's blocked layout. For its fastest convolutions ONNX Runtime cuts the channels into blocks that
 * fill one register of the processor (16 numbers, or 8 on older ones) and keeps the channels of a block side by side:
 *
 *     [N, C, H, W]   becomes   [N, C / block, H, W, block], still called [N, C padded, H, W]
 *
 * Its operators (domain com.microsoft.nchwc) may be written into a model by hand, and then also take weights that
 * change from run to run. They exist for its CPU device only, so whoever lowers with them has another way as well.
 */
import type { Attribute, Lowering } from '../lowering.ts'
import { apply, type Operator } from '../operator.ts'
import type { Tensor } from '../tensor.ts'

const DOMAIN = { domain: 'com.microsoft.nchwc' } as const

/** Channels as the blocked layout counts them: rounded up to whole blocks. */
export function paddedChannels(channels: number, block: number): number {
  return Math.ceil(channels / block) * block
}

/** [N, C, H, W] into blocks; once, however many operators ask for it. */
export function emitToBlocked(lowering: Lowering, x: string): string {
  return lowering.once(`blocked:${x}`, () => lowering.emit('ReorderInput', [x], {}, DOMAIN))
}

/** Blocks back into [N, C, H, W]. @param channels C, without the padding */
export function emitFromBlocked(lowering: Lowering, x: string, channels: number): string {
  return lowering.emit('ReorderOutput', [x], { channels }, DOMAIN)
}

/** A convolution of blocked x with blocked weights; its result is blocked too. */
export function emitBlockedConv(
  lowering: Lowering,
  inputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>>,
): string {
  return lowering.emit('Conv', inputs, attributes, DOMAIN)
}

const operator: Operator<null> = {
  name: 'toBlocked',
  infer: ([x]) => ({ shape: x!.shape, dtype: 'float32' }),
  lower: (lowering, [x]) => emitToBlocked(lowering, x!),
}

/** x in blocks, as raw numbers: shows how large a block is here. @param x [N, C, H, W], C a multiple of 16 */
export function toBlocked(x: Tensor): Tensor {
  return apply(operator, [x], null)
}
