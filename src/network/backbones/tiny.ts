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
import type { Tensor } from '../../graph/tensor.ts'
import { convBlock } from '../layers.ts'
import { CHANNELS, defineBackbone, MOST_BLOCKS } from './backbone.ts'
import { halvings, sumOf } from './halvings.ts'

/** Layers between two halvings. */
const MOST_LAYERS = 32

/** A plain stack of 3x3 layers. */
export const tinyBackbone = defineBackbone({
  name: 'tiny',
  options: {
    /** Channels after each halving of the picture: strides 2, 4, 8, 16, ... */
    channels: { type: 'array', items: CHANNELS, minItems: 1, maxItems: MOST_BLOCKS },
    /** 3x3 layers at each of those strides; the first one halves. */
    layers: {
      type: 'array',
      items: { type: 'integer', minimum: 1, maximum: MOST_LAYERS },
      minItems: 1,
      maxItems: MOST_BLOCKS,
    },
  },
  build({ channels, layers }, scope, images, strides) {
    const stages: Tensor[] = []
    let x = images
    for (const [i, width] of channels.entries()) {
      for (let layer = 0; layer < layers[i]!; layer++)
        x = convBlock(scope.within(i).within(layer), x, width, { stride: layer === 0 ? 2 : 1 })
      stages.push(x)
    }
    return strides.map((stride) => stages[Math.log2(stride) - 1]!)
  },
  strides: ({ channels }) => channels.map((_, i) => 2 ** (i + 1)),
  plan({ channels, layers }, input) {
    const weights = channels.map((width, i) => {
      const first = (channels[i - 1] ?? 3) * width
      return 9 * (first + ((layers[i] ?? 1) - 1) * width * width)
    })
    return { maps: halvings(input, 1, channels), weights: sumOf(weights) }
  },
  misfit({ channels, layers }) {
    if (layers.length === channels.length) return undefined
    const rule = `expected ${channels.length} entries, as many as channels`
    return { option: 'layers', rule, got: layers.length }
  },
})
