/**
 * @file The preset `tiny`: every number of our small detector, and why it is what it is. The measurements
 * behind the choices are in docs/log.md.
 */

import type { FeatureMapConfig } from '../anchor/feature-maps.ts'
import type { Size } from '../box/box.ts'
import { OFFSET_SCALE } from '../coder/log.ts'
import { MATCH_DEFAULTS } from '../match/matchers.ts'
import { DETECT_DEFAULTS } from './detect-defaults.ts'
import type { ModelConfig } from './model.ts'

/** Longer side of the input. 320 keeps an object of 1/16 of the picture 20 pixels wide; 256 loses it. */
const LONGER_SIDE = 320

/** The input's sides are multiples of this, so that the grids of strides 8 and 16 are whole. */
const SIDE_STEP = 16

/** At most so stretched; further, small objects would vanish along the shorter side. */
const LARGEST_ASPECT = 2

/**
 * The feature maps: their strides and the sides of their square anchors, in input pixels. The sizes climb by
 * about 1.4 from 20 up, so that no object falls between two of them. Each is 2.5 to 7 cells across: what tells
 * two playing cards apart is a few pixels, which only the finer of two possible maps keeps (docs/log.md).
 */
const FEATURE_MAPS = [
  { stride: 8, sizes: [20, 28, 40] },
  { stride: 16, sizes: [56, 80, 112] },
  { stride: 32, sizes: [112, 160, 224] },
  { stride: 64, sizes: [224, 320] },
] as const

const ASPECT_RATIOS = [1, 2, 0.5]

/** The description of `tiny` for a list of classes. @param input from {@link tinyInputSize} */
export function tinyModel(classes: readonly string[], input: Size): ModelConfig {
  return {
    network: {
      name: 'tiny',
      channels: [16, 32, 64, 128, 128, 128],
      layers: [1, 2, 3, 3, 2, 1],
    },
    input: { ...input },
    classes: [...classes],
    featureMaps: FEATURE_MAPS.map(featureMap),
    anchorLayout: { cells: 'even', clampToInput: false },
    boxCoder: { name: 'log', offsetScale: [...OFFSET_SCALE] },
    // Bytes to about -2..2; any values near these do, as batch norm follows.
    normalisation: { mean: [127.5, 127.5, 127.5], std: [63.75, 63.75, 63.75] },
    match: { ...MATCH_DEFAULTS },
    loss: {
      classLoss: { name: 'softmax', negativesPerPositive: 3, minimumNegatives: 16 },
      offsetLoss: { name: 'smooth-l1', beta: 0.2 },
      offsetWeight: 1,
      per: 'positive',
    },
    detect: { ...DETECT_DEFAULTS },
  }
}

function featureMap({ stride, sizes }: (typeof FEATURE_MAPS)[number]): FeatureMapConfig {
  return { stride, sizes: [...sizes], aspectRatios: [...ASPECT_RATIOS] }
}

/**
 * The input size that warps a set of pictures least: 320 on the longer side, the other from the geometric
 * mean of the pictures' aspect ratios (so portraits and landscapes together give a square).
 * @param sizes of the training pictures, in pixels
 */
export function tinyInputSize(sizes: readonly Size[]): Size {
  const logs = sizes.map(({ width, height }) => Math.log(width / height))
  const mean = logs.reduce((sum, value) => sum + value, 0) / Math.max(1, logs.length)
  const aspect = Math.min(LARGEST_ASPECT, Math.max(1 / LARGEST_ASPECT, Math.exp(mean)))
  const side = (length: number) => Math.round(length / SIDE_STEP) * SIDE_STEP
  return aspect >= 1
    ? { width: LONGER_SIDE, height: side(LONGER_SIDE / aspect) }
    : { width: side(LONGER_SIDE * aspect), height: LONGER_SIDE }
}
