/**
 * @file The preset `ssd512`: the SSD paper's larger detector, 512x512 pixels, 24,564 anchors, one map more.
 * torchvision has none; these are Caffe's numbers for Pascal VOC.
 */
import type { Vgg16Extras } from '../network/backbones/backbones.ts'
import type { ModelConfig } from './model.ts'
import { L2_SCALE, ssd300Voc, ssdFeatureMaps } from './ssd300.ts'

/** Grids of 64, 32, 16, 8, 4, 2 and 1. */
const STRIDES = [8, 16, 32, 64, 128, 256, 512]
const ASPECT_RATIOS = [[2], [2, 3], [2, 3], [2, 3], [2, 3], [2], [2]]
/** 35.84, 76.8, 153.6, 230.4, 307.2, 384, 460.8 and 537.6 pixels (Caffe ssd_pascal.py for 512). */
const SCALES = [0.07, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.05]

/** 32 → 16 → 8 → 4 → 2, and a 4x4 window over the padded 2x2 map: 1. */
const EXTRAS: Vgg16Extras = [
  { channels: [256, 512], kernel: 3, stride: 2, padding: 1 },
  { channels: [128, 256], kernel: 3, stride: 2, padding: 1 },
  { channels: [128, 256], kernel: 3, stride: 2, padding: 1 },
  { channels: [128, 256], kernel: 3, stride: 2, padding: 1 },
  { channels: [128, 256], kernel: 4, stride: 1, padding: 1 },
]

/** Caffe's SSD512 for Pascal VOC, but that empty images teach. */
export function ssd512(classes: readonly string[]): ModelConfig {
  return {
    ...ssd300Voc(classes),
    network: { name: 'vgg16', extras: EXTRAS.map((extra) => ({ ...extra })), l2Scale: L2_SCALE },
    input: { width: 512, height: 512 },
    featureMaps: ssdFeatureMaps(STRIDES, SCALES, ASPECT_RATIOS),
  }
}
