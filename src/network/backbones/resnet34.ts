/**
 * @file ResNet34 with Lesson 9's neck: the classifier's 7x7 map (at 224 pixels) is looked at once more and then
 * halved, grid by grid.
 *
 *     picture ─▶ ResNet34 /32 ─▶ 256 channels ─▶ 4x4 ─▶ 2x2 ─▶ 1x1
 *                                                 │      │      │
 *                                                 ▼      ▼      ▼
 *                                                map    map    map
 *
 * The lesson drops activations at random against overfitting; here augmentation does that work.
 * Names of the backbone's weights are torchvision's `resnet34`.
 * Source: He et al. 2016, table 1; fast.ai 2018, part 2, lesson 9 (`SSD_MultiHead`).
 */
import { add, maxPool, relu } from '../../graph/ops.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { convBlock, convolution, normalisation } from '../layers.ts'
import type { Scope } from '../scope.ts'
import { defineBackbone } from './backbone.ts'
import { halvings } from './halvings.ts'

/** Channels and blocks of each stage; every stage but the first halves the map. */
const STAGES = [
  { channels: 64, blocks: 3 },
  { channels: 128, blocks: 4 },
  { channels: 256, blocks: 6 },
  { channels: 512, blocks: 3 },
] as const
const NECK_CHANNELS = 256

/** ResNet34 with Lesson 9's neck. */
export const resNetBackbone = defineBackbone({
  name: 'resnet34',
  options: {
    /** How many grids there are, from 4x4 on (at 224 pixels). */
    grids: { type: 'integer', minimum: 1, maximum: 3 },
  },
  build({ grids }, scope, images) {
    const stem = convBlock(scope, images, 64, { kernel: 7, stride: 2, names: ['conv1', 'bn1'] })
    let x = maxPool(stem, { kernel: 3, stride: 2, padding: 1 })
    STAGES.forEach(({ channels, blocks }, stage) => {
      const layer = scope.within(`layer${stage + 1}`)
      for (let block = 0; block < blocks; block++)
        x = residual(layer.within(block), x, channels, block === 0 && stage > 0 ? 2 : 1)
    })
    const neck = scope.within('neck')
    x = neckLayer(neck.within(0), relu(x), 1)
    const maps: Tensor[] = []
    for (let grid = 0; grid < grids; grid++) {
      x = neckLayer(neck.within(grid + 1), x, 2)
      maps.push(x)
    }
    return maps
  },
  plan: ({ grids }, input) => ({
    maps: halvings(input, 6, Array(grids).fill(NECK_CHANNELS)),
    weights: 0,
  }),
  classifier: {
    title: 'a ResNet classifier',
    sign: /^layer1\.0\.conv1\.weight$/,
    beginnings: [
      ['backbone.conv1.', 'conv1.'],
      ['backbone.bn1.', 'bn1.'],
      ['backbone.layer', 'layer'],
    ],
  },
})

/** Two 3x3 layers, added to what came in. */
function residual(scope: Scope, x: Tensor, channels: number, stride: number): Tensor {
  const first = convBlock(scope, x, channels, { stride, names: ['conv1', 'bn1'] })
  const second = { activation: 'none', names: ['conv2', 'bn2'] } as const
  const y = convBlock(scope, first, channels, second)
  if (stride === 1 && x.shape[1] === channels) return relu(add(x, y))
  const shortcut = { kernel: 1, stride, activation: 'none', names: ['0', '1'] } as const
  return relu(add(convBlock(scope.within('downsample'), x, channels, shortcut), y))
}

/** The lesson's `StdConv`: the norm comes after the relu. */
function neckLayer(scope: Scope, x: Tensor, stride: number): Tensor {
  const conv = convolution(scope.within('conv'), x, NECK_CHANNELS, { stride, biased: true })
  return normalisation(scope.within('bn'), relu(conv))
}
