/**
 * @file `tiny`, our own small network: it learns from nothing, on two CPU cores, in minutes.
 *
 *     picture ─▶ /2 ─▶ /4 ─▶ /8 ─▶ /16 ─▶ /32 ─▶ /64     each arrow: a 3x3 layer that halves the picture,
 *                             │      │      │      │      then 3x3 layers that look closer
 *                             ▼      ▼      ▼      ▼
 *                            map    map    map    map     fine maps find small objects, coarse maps large ones
 *
 * It is a plain stack of 3x3 convolutions, as the SSD paper's. What was tried in its place, and did worse in
 * the same minutes, is in docs/log.md: residual blocks, a top-down path, patches in place of the first layers.
 */
import type { TinyConfig } from '../config/network.ts'
import type { Tensor } from '../graph/tensor.ts'
import { convBlock } from './layers.ts'
import type { Scope } from './scope.ts'

/**
 * The feature maps that the heads read, finest first.
 * @param images [N, 3, H, W], normalised
 * @param strides which maps are wanted, e.g. 8, 16, 32, 64
 * @returns one [N, channels, H / stride, W / stride] a stride (rounded up)
 */
export function tinyFeatureMaps(
  scope: Scope,
  images: Tensor,
  strides: readonly number[],
  { channels, layers }: TinyConfig,
): Tensor[] {
  const stages: Tensor[] = []
  let x = images
  for (const [i, width] of channels.entries()) {
    for (let layer = 0; layer < layers[i]!; layer++)
      x = convBlock(scope.within(i).within(layer), x, width, { stride: layer === 0 ? 2 : 1 })
    stages.push(x)
  }
  return strides.map((stride) => stages[Math.log2(stride) - 1]!)
}
