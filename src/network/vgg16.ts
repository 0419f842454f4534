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
import type { Vgg16Config } from '../config/network.ts'
import { l2Normalise, maxPool, multiply, relu, reshape } from '../graph/ops.ts'
import type { Tensor } from '../graph/tensor.ts'
import { filled } from './initialise.ts'
import { type ConvOptions, convolution } from './layers.ts'
import type { Scope } from './scope.ts'

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

/** The feature maps, finest first. @param images [N, 3, H, W], normalised */
export function vgg16FeatureMaps(scope: Scope, images: Tensor, config: Vgg16Config): Tensor[] {
  const conv4 = firstLayers(scope.within('features'), images)
  const length = scope.parameter('scale_weight', [conv4.shape[1]!], filled(config.l2Scale), {
    decay: false,
  })
  const maps = [multiply(l2Normalise(conv4), reshape(length, [1, conv4.shape[1]!, 1, 1]))]
  const extra = scope.within('extra')
  let x = lastLayers(extra.within(0), conv4)
  maps.push(x)
  config.extras.forEach(({ channels: [between, after], kernel, stride, padding }, i) => {
    const block = extra.within(i + 1)
    const squeezed = layer(block.within(0), x, between, { kernel: 1 })
    x = layer(block.within(2), squeezed, after, { kernel, stride, padding })
    maps.push(x)
  })
  return maps
}

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
