/**
 * @file VGG16 as SSD uses it: the layers up to conv5_3, its two fully connected layers turned into
 * convolutions (fc6 sees far by spreading its nine taps six pixels apart), then extra blocks, each with a
 * smaller map.
 *
 *     picture ─▶ conv1..conv4_3 /8 ─▶ conv5, fc6, fc7 /16 ─▶ extras /32 ─▶ /64 ─▶ ...
 *                       │ L2 norm            │                    │          │
 *                       ▼                    ▼                    ▼          ▼
 *                      map                  map                  map        map
 *
 * conv4_3's activations are much larger than the later ones, so each of its pixels is brought to length 20
 * first; how long, a channel at a time, is then learned.
 *
 * Names of weights are torchvision's: its published files load as they are.
 * Source: SSD paper, sections 2.1 and 3.1; torchvision `SSDFeatureExtractorVGG`.
 */
import { l2Normalise, maxPool, multiply, relu, reshape } from '../../graph/ops.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { filled } from '../initialise.ts'
import { type ConvOptions, convolution } from '../layers.ts'
import type { Scope } from '../scope.ts'
import { CHANNELS, defineBackbone, MOST_BLOCKS, type NetworkMap } from './backbone.ts'
import { eachSide } from './halvings.ts'

/** Channels of conv1_1 to conv4_3 and the pools between; pool3 keeps a last odd row: 75 becomes 38. */
const FIRST_LAYERS = [
  64,
  64,
  'pool',
  128,
  128,
  'pool',
  256,
  256,
  256,
  'ceil',
  512,
  512,
  512,
] as const

/** Places of conv5_1 to conv5_3 in torchvision's list; the pool and the relus between have no weights. */
const CONV5 = [1, 3, 5]
const FC_CHANNELS = 1024

/** Side, movement or border of a window, pixels. */
const LARGEST_WINDOW = 16
const WINDOW = { type: 'integer', minimum: 1, maximum: LARGEST_WINDOW } as const

/** VGG16 with dilated fc6 and fc7 as convolutions. */
export const vgg16Backbone = defineBackbone({
  name: 'vgg16',
  options: {
    /** Blocks after fc7, each one more feature map: a 1x1 layer that squeezes, then one that shrinks the map. */
    extras: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          /** Between and after the two layers. */
          channels: { type: 'array', prefixItems: [CHANNELS, CHANNELS] },
          kernel: WINDOW,
          stride: WINDOW,
          padding: { type: 'integer', minimum: 0, maximum: LARGEST_WINDOW },
        },
      },
      maxItems: MOST_BLOCKS,
    },
    /** First length of conv4_3's pixels after their L2 normalisation (ParseNet: 20). */
    l2Scale: { type: 'number', exclusiveMinimum: 0, maximum: 1e6 },
  },
  build({ extras, l2Scale }, scope, images) {
    const conv4 = firstLayers(scope.within('features'), images)
    const channels = conv4.shape[1]!
    const length = scope.parameter('scale_weight', [channels], filled(l2Scale), { decay: false })
    const maps = [multiply(l2Normalise(conv4), reshape(length, [1, channels, 1, 1]))]
    const extra = scope.within('extra')
    let x = lastLayers(extra.within(0), conv4)
    maps.push(x)
    extras.forEach(({ channels: [between, after], kernel, stride, padding }, i) => {
      const block = extra.within(i + 1)
      const squeezed = layer(block.within(0), x, between, { kernel: 1 })
      x = layer(block.within(2), squeezed, after, { kernel, stride, padding })
      maps.push(x)
    })
    return maps
  },
  /** Pools that lose an odd row, one that keeps it, and extra blocks that shrink by their own numbers. */
  plan({ extras }, input) {
    const conv4 = eachSide(input, (side) => Math.ceil(Math.floor(Math.floor(side / 2) / 2) / 2))
    const fc7 = eachSide(conv4, (side) => Math.floor(side / 2))
    const maps: NetworkMap[] = [
      { ...conv4, channels: 512 },
      { ...fc7, channels: FC_CHANNELS },
    ]
    let weights = 0
    for (const { channels, kernel, stride, padding } of extras) {
      const before = maps.at(-1)!
      const [between, after] = channels
      const shrink = (side: number) => Math.floor((side + 2 * padding - kernel) / stride) + 1
      maps.push({ ...eachSide(before, shrink), channels: after })
      weights += before.channels * between + between * after * kernel * kernel
    }
    return { maps, weights }
  },
  classifier: {
    title: 'a VGG classifier',
    sign: /^features\.0\.weight$/,
    beginnings: [
      ['backbone.features.', 'features.'],
      // conv5_1 to conv5_3. Behind them the classifier has no layers that move over a picture.
      ['backbone.extra.0.1.', 'features.24.'],
      ['backbone.extra.0.3.', 'features.26.'],
      ['backbone.extra.0.5.', 'features.28.'],
    ],
    rawFirstLayer: 'backbone.features.0',
  },
})

/** conv1_1 to conv4_3. */
function firstLayers(scope: Scope, images: Tensor): Tensor {
  let x = images
  let place = 0
  for (const channels of FIRST_LAYERS) {
    if (typeof channels === 'number') {
      x = layer(scope.within(place), x, channels)
      place += 2 // the layer and its relu
    } else {
      x = maxPool(x, { kernel: 2, stride: 2, ceilMode: channels === 'ceil' })
      place += 1
    }
  }
  return x
}

/** pool4, conv5, pool5 (which no longer halves), fc6 and fc7. */
function lastLayers(scope: Scope, conv4: Tensor): Tensor {
  let x = maxPool(conv4, { kernel: 2, stride: 2 })
  for (const place of CONV5) x = layer(scope.within(place), x, conv4.shape[1]!)
  x = maxPool(x, { kernel: 3, stride: 1, padding: 1 })
  const fc = scope.within(7)
  x = layer(fc.within(1), x, FC_CHANNELS, { dilation: 6 })
  return layer(fc.within(3), x, FC_CHANNELS, { kernel: 1 })
}

/** Convolution with bias, then relu. */
function layer(scope: Scope, x: Tensor, channels: number, options: ConvOptions = {}): Tensor {
  return relu(convolution(scope, x, channels, { ...options, biased: true }))
}
