/**
 * @file MobileNetV3-Large as SSDLite uses it: inverted residual blocks that widen with a 1x1 layer, look
 * around with one window a channel (depthwise), weigh the channels, and narrow again. A hundredth of VGG's
 * arithmetic.
 *
 *     picture ─▶ blocks 0..11 ─▶ first layer of block 12 /16 ─▶ rest /32 ─▶ extras /64 ─▶ ...
 *                                          │                      │           │
 *                                          ▼                      ▼           ▼
 *                                         map                    map         map
 *
 * The last blocks have half the channels of the classifier's ("reduced tail"), as in the published weights.
 * Names of weights are torchvision's: its published files load as they are.
 * Source: Howard et al. 2019, table 1 and section 6.3; torchvision `ssdlite320_mobilenet_v3_large`.
 */
import { add, globalAveragePool, hardSigmoid, multiply, relu } from '../../graph/ops.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { type Activation, type BlockOptions, convBlock, convolution } from '../layers.ts'
import type { Scope } from '../scope.ts'
import { SSDLITE_BLOCK } from '../ssdlite.ts'
import { CHANNELS, defineBackbone, MOST_BLOCKS } from './backbone.ts'
import { halvings, sumOf } from './halvings.ts'

interface Row {
  readonly kernel: number
  /** Channels between widening and narrowing. */
  readonly wide: number
  readonly out: number
  /** Whether the channels are weighed (squeeze and excitation). */
  readonly weighed: boolean
  readonly activation: Activation
  readonly stride: number
}

const row = (
  kernel: number,
  wide: number,
  out: number,
  weighed: boolean,
  activation: Activation,
  stride: number,
): Row => ({ kernel, wide, out, weighed, activation, stride })

/** Table 1 of the paper; its last three rows with half the channels. */
const ROWS: readonly Row[] = [
  row(3, 16, 16, false, 'relu', 1),
  row(3, 64, 24, false, 'relu', 2),
  row(3, 72, 24, false, 'relu', 1),
  row(5, 72, 40, true, 'relu', 2),
  row(5, 120, 40, true, 'relu', 1),
  row(5, 120, 40, true, 'relu', 1),
  row(3, 240, 80, false, 'hardSwish', 2),
  row(3, 200, 80, false, 'hardSwish', 1),
  row(3, 184, 80, false, 'hardSwish', 1),
  row(3, 184, 80, false, 'hardSwish', 1),
  row(3, 480, 112, true, 'hardSwish', 1),
  row(3, 672, 112, true, 'hardSwish', 1),
  row(5, 672, 80, true, 'hardSwish', 2),
  row(5, 480, 80, true, 'hardSwish', 1),
  row(5, 480, 80, true, 'hardSwish', 1),
]
/** The row whose widened map is the first one that the heads read. */
const SPLIT = 12
const FIRST_CHANNELS = 16
const LAST_CHANNELS = 480

/** MobileNetV3-Large, with SSDLite's separable heads. */
export const mobileNetBackbone = defineBackbone({
  name: 'mobilenet-v3-large',
  options: {
    /** Channels of the extra blocks, each one more feature map; inside, a block has half of them. */
    extras: { type: 'array', items: { ...CHANNELS, multipleOf: 2 }, maxItems: MOST_BLOCKS },
  },
  head: 'separable',
  build({ extras }, scope, images) {
    const early = scope.within('features.0')
    const late = scope.within('features.1')
    const stem = { ...SSDLITE_BLOCK, stride: 2, activation: 'hardSwish' } as const
    let x = convBlock(early.within(0), images, FIRST_CHANNELS, stem)
    ROWS.slice(0, SPLIT).forEach((row, i) => {
      x = invertedResidual(early.within(i + 1).within('block'), x, row)
    })
    const split = ROWS[SPLIT]!
    const fine = widen(early.within(SPLIT + 1), x, split)
    x = lookAndNarrow(late.within(0), fine, split, 1)
    ROWS.slice(SPLIT + 1).forEach((row, i) => {
      x = invertedResidual(late.within(i + 1).within('block'), x, row)
    })
    const last = { ...SSDLITE_BLOCK, kernel: 1, activation: 'hardSwish' } as const
    x = convBlock(late.within(ROWS.length - SPLIT), x, LAST_CHANNELS, last)
    const maps = [fine, x]
    extras.forEach((channels, i) => {
      x = extraBlock(scope.within('extra').within(i), x, channels)
      maps.push(x)
    })
    return maps
  },
  /** Strides 16 and 32, then an extra block for each further halving. */
  plan({ extras }, input) {
    const channels = [ROWS[SPLIT]!.wide, LAST_CHANNELS, ...extras]
    const weights = extras.map((after, i) => ((channels[i + 1]! + after) * after) / 2)
    return { maps: halvings(input, 4, channels), weights: sumOf(weights) }
  },
  classifier: {
    title: 'a MobileNetV3 classifier',
    sign: /^features\.0\.0\.weight$/,
    beginnings: [
      // Block 13 is cut in two behind its first layer, whose map the heads read.
      ['backbone.features.0.13.', 'features.13.block.0.'],
      ['backbone.features.0.', 'features.'],
      ['backbone.features.1.0.', 'features.13.block.'],
      ['backbone.features.1.1.', 'features.14.'],
      ['backbone.features.1.2.', 'features.15.'],
      ['backbone.features.1.3.', 'features.16.'],
    ],
  },
})

/** Widen, look around, narrow; the input is added where it has the same shape. */
function invertedResidual(scope: Scope, x: Tensor, row: Row): Tensor {
  const widens = row.wide !== x.shape[1]
  const wide = widens ? widen(scope.within(0), x, row) : x
  const y = lookAndNarrow(scope, wide, row, widens ? 1 : 0)
  return row.stride === 1 && x.shape[1] === row.out ? add(x, y) : y
}

function widen(scope: Scope, x: Tensor, { wide, activation }: Row): Tensor {
  return convBlock(scope, x, wide, { ...SSDLITE_BLOCK, kernel: 1, activation })
}

/** The depthwise window, the weighing and the narrowing. @param place of the first of them in its list */
function lookAndNarrow(scope: Scope, x: Tensor, row: Row, place: number): Tensor {
  const { kernel, stride, activation, weighed, wide, out } = row
  const depthwise = { ...SSDLITE_BLOCK, kernel, stride, activation, groups: wide }
  let y = convBlock(scope.within(place), x, wide, depthwise)
  if (weighed) y = weighChannels(scope.within(place + 1), y)
  const narrow: BlockOptions = { ...SSDLITE_BLOCK, kernel: 1, activation: 'none' }
  return convBlock(scope.within(place + (weighed ? 2 : 1)), y, out, narrow)
}

/** Squeeze and excitation: look at each channel's mean, then say how much each channel counts, 0..1. */
function weighChannels(scope: Scope, x: Tensor): Tensor {
  const channels = x.shape[1]!
  const linear = { kernel: 1, biased: true }
  const means = globalAveragePool(x)
  const few = relu(convolution(scope.within('fc1'), means, squeezed(channels), linear))
  return multiply(x, hardSigmoid(convolution(scope.within('fc2'), few, channels, linear)))
}

/** A quarter, as a multiple of 8 that is not more than a tenth too small. */
function squeezed(channels: number): number {
  const quarter = channels / 4
  const rounded = Math.max(8, Math.floor((quarter + 4) / 8) * 8)
  return rounded < 0.9 * quarter ? rounded + 8 : rounded
}

/** SSDLite's extra block: squeeze, look around at half the size, widen. */
function extraBlock(scope: Scope, x: Tensor, channels: number): Tensor {
  const block = { ...SSDLITE_BLOCK, activation: 'relu6' } as const
  const few = channels / 2
  const narrow = convBlock(scope.within(0), x, few, { ...block, kernel: 1 })
  const seen = convBlock(scope.within(1), narrow, few, { ...block, stride: 2, groups: few })
  return convBlock(scope.within(2), seen, channels, { ...block, kernel: 1 })
}
