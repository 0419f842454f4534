/**
 * @file `tiny`, our own small network: it learns from nothing, on two CPU cores, in minutes.
 *
 *     picture ─▶ /4 ─▶ /8 ─▶ /16 ─▶ /32 ─▶ /64      patches of 4x4 first; then each arrow halves the picture
 *                       │      │      │      │       (3x3, stride 2), and residual blocks look closer
 *                       ▼      ▼      ▼      ▼
 *                      map ◀─ map ◀─ map ◀─ map      coarse maps, which see much, are added to fine
 *                                                    ones, which see sharply (Lin et al. 2017, FPN)
 *
 * Why these sizes: docs/log.md has the measurements.
 */

import type { NetworkConfig } from '../config/model.ts'
import { add, slice, upsample } from '../graph/ops.ts'
import type { Tensor } from '../graph/tensor.ts'
import { convBlock, convolution, normalisation, residualBlock } from './layers.ts'
import type { Scope } from './scope.ts'

/**
 * The first stage reads the picture in patches of 4x4 pixels that do not overlap. Two 3x3 layers of stride 2
 * in its place took a fifth of a training step and found nothing more (docs/log.md).
 */
const FIRST_STRIDE = 4
const PATCHES = { kernel: FIRST_STRIDE, stride: FIRST_STRIDE, padding: 0 } as const
const HALVING = { stride: 2 } as const

/**
 * The feature maps that the heads read, finest first.
 * @param images [N, 3, H, W], normalised
 * @param strides which maps are wanted, e.g. 8, 16, 32, 64
 * @returns one [N, headChannels, H / stride, W / stride] a stride (rounded up)
 */
export function tinyFeatureMaps(
  scope: Scope,
  images: Tensor,
  strides: readonly number[],
  network: NetworkConfig,
): Tensor[] {
  const stages = tinyStages(scope.within('stages'), images, network)
  const wanted = strides.map((stride) => stages[Math.log2(stride / FIRST_STRIDE)]!)
  return topDown(scope.within('top_down'), wanted, network.headChannels)
}

/** The picture after each stage: strides 4, 8, 16, ... */
function tinyStages(scope: Scope, images: Tensor, { channels, blocks }: NetworkConfig): Tensor[] {
  const stages: Tensor[] = []
  let x = images
  for (const [i, width] of channels.entries()) {
    const stage = scope.within(i)
    x = convBlock(stage.within('shrink'), x, width, i === 0 ? PATCHES : HALVING)
    for (let b = 0; b < (blocks[i] ?? 0); b++) x = residualBlock(stage.within(`block${b}`), x)
    stages.push(x)
  }
  return stages
}

/** Brings every map to the same channels, then adds each coarser one, enlarged, to the next finer one. */
function topDown(scope: Scope, maps: readonly Tensor[], channels: number): Tensor[] {
  const lateral = maps.map((map, i) => {
    const level = scope.within(i)
    return normalisation(
      level.within('norm'),
      convolution(level.within('conv'), map, channels, { kernel: 1 }),
    )
  })
  for (let i = lateral.length - 2; i >= 0; i--)
    lateral[i] = add(lateral[i]!, enlargeTo(lateral[i + 1]!, lateral[i]!))
  return lateral.map((map, i) => convBlock(scope.within(`smooth${i}`), map, channels))
}

/** The coarse map at twice its size, cut to the fine map's (an odd side had been rounded up). */
function enlargeTo(coarse: Tensor, fine: Tensor): Tensor {
  const [, , height, width] = fine.shape as [number, number, number, number]
  const large = upsample(coarse, 2)
  if (large.shape[2] === height && large.shape[3] === width) return large
  return slice(large, [
    { axis: 2, start: 0, end: height },
    { axis: 3, start: 0, end: width },
  ])
}
