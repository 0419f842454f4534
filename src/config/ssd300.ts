/**
 * @file The presets `ssd300` and `ssd300-voc`: the detector of the SSD paper on VGG16, 300x300 pixels,
 * 8,732 anchors. One network, two lists of numbers: torchvision's (for COCO) and the paper's (Caffe, for VOC).
 */

import type { FeatureMapConfig } from '../anchor/feature-maps.ts'
import { OFFSET_SCALE } from '../coder/log.ts'
import { MATCH_DEFAULTS } from '../match/matchers.ts'
import type { Vgg16Extras } from '../network/backbones/backbones.ts'
import { DETECT_DEFAULTS } from './detect-defaults.ts'
import type { ModelConfig } from './model.ts'

/** Input pixels from cell to cell: grids of 38, 19, 10, 5, 3 and 1 (Caffe ssd_pascal.py "steps"). */
const STRIDES = [8, 16, 32, 64, 100, 300]
/** Beside the two squares; each with its flip (SSD paper, section 3.1). */
const ASPECT_RATIOS = [[2], [2, 3], [2, 3], [2, 3], [2], [2]]
/** Fractions of the input, one more than maps (torchvision `ssd300_vgg16`). */
const TORCHVISION_SCALES = [0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05]
/** The same for VOC: 30, 60, 111, 162, 213, 264 and 315 pixels (Caffe ssd_pascal.py, min and max sizes). */
const VOC_SCALES = [0.1, 0.2, 0.37, 0.54, 0.71, 0.88, 1.05]

/** Extra blocks: conv6 and conv7 halve, conv8 and conv9 lose their border: 19 → 10 → 5 → 3 → 1. */
const EXTRAS: Vgg16Extras = [
  { channels: [256, 512], kernel: 3, stride: 2, padding: 1 },
  { channels: [128, 256], kernel: 3, stride: 2, padding: 1 },
  { channels: [128, 256], kernel: 3, stride: 1, padding: 0 },
  { channels: [128, 256], kernel: 3, stride: 1, padding: 0 },
]

/** First length of conv4_3's pixels (SSD paper, section 3.1). */
export const L2_SCALE = 20

/** VGG's weights know bytes less the mean colour and nothing more (torchvision: std 1/255 of 0..1). */
const VGG_NORMALISATION: ModelConfig['normalisation'] = {
  mean: [0.48235 * 255, 0.45882 * 255, 0.40784 * 255],
  std: [1, 1, 1],
}

/** torchvision's `ssd300_vgg16`, but that no object can lose its anchor, and empty images teach. */
export function ssd300(classes: readonly string[]): ModelConfig {
  return {
    network: { name: 'vgg16', extras: EXTRAS.map((extra) => ({ ...extra })), l2Scale: L2_SCALE },
    input: { width: 300, height: 300 },
    classes: [...classes],
    featureMaps: ssdFeatureMaps(STRIDES, TORCHVISION_SCALES, ASPECT_RATIOS),
    anchorLayout: { cells: 'stride', clampToInput: true },
    ...SSD_PAPER,
    normalisation: VGG_NORMALISATION,
  }
}

/** The paper's own numbers for Pascal VOC. */
export function ssd300Voc(classes: readonly string[]): ModelConfig {
  return {
    ...ssd300(classes),
    featureMaps: ssdFeatureMaps(STRIDES, VOC_SCALES, ASPECT_RATIOS),
    anchorLayout: { cells: 'stride', clampToInput: false },
  }
}

/** What all SSDs of the paper share. */
export const SSD_PAPER = {
  // Caffe: variances .1 .1 .2 .2; torchvision: weights 10, 10, 5, 5.
  boxCoder: { name: 'log', offsetScale: [...OFFSET_SCALE] },
  match: MATCH_DEFAULTS,
  loss: {
    // 3:1 and 1 are the paper's; the floor of negatives is ours (docs/differences.md).
    classLoss: { name: 'softmax', negativesPerPositive: 3, minimumNegatives: 16 },
    offsetLoss: { name: 'smooth-l1', beta: 1 },
    offsetWeight: 1,
    per: 'positive',
  },
  detect: DETECT_DEFAULTS,
} as const satisfies Partial<ModelConfig>

/** Feature maps by SSD's rule. @param scales one more than maps: each map also looks at the next one's */
export function ssdFeatureMaps(
  strides: readonly number[],
  scales: readonly number[],
  aspectRatios: readonly (readonly number[])[],
): FeatureMapConfig[] {
  return strides.map((stride, i) => ({
    stride,
    scale: scales[i]!,
    nextScale: scales[i + 1]!,
    aspectRatios: [...aspectRatios[i]!],
  }))
}
