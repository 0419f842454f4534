/**
 * @file The preset `tiny`: every number of our small detector, and why it is what it is. The measurements
 * behind the choices are in docs/log.md.
 */
import type { Size } from '../box/box.ts'
import type { FeatureMapConfig, ModelConfig } from './model.ts'

/** Longer side of the input. 320 keeps an object of 1/16 of the picture 20 pixels wide; 256 loses it. */
const LONGER_SIDE = 320

/** The input's sides are multiples of this, so that the grids of strides 8 and 16 are whole. */
const SIDE_STEP = 16

/** At most so stretched; further, small objects would vanish along the shorter side. */
const LARGEST_ASPECT = 2

/** Square anchors per feature map, in strides: an object of 2.5 to 5 cells across is seen well by a map. */
const SIZES_IN_STRIDES = [2.5, 3.5]

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
    featureMaps: [8, 16, 32, 64].map(featureMap),
    offsetScale: [0.1, 0.1, 0.2, 0.2],
    // Bytes to about -2..2; any values near these do, as batch norm follows.
    normalisation: { mean: [127.5, 127.5, 127.5], std: [63.75, 63.75, 63.75] },
    match: { matchIouThreshold: 0.5, matcher: 'bipartite' },
    loss: { negativesPerPositive: 3, minimumNegatives: 16, smoothL1Beta: 0.2 },
    detect: { scoreThreshold: 0.01, nmsIouThreshold: 0.45, maxCandidates: 400, maxDetections: 200 },
  }
}

function featureMap(stride: number): FeatureMapConfig {
  return {
    stride,
    sizes: SIZES_IN_STRIDES.map((cells) => cells * stride),
    aspectRatios: [...ASPECT_RATIOS],
  }
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
