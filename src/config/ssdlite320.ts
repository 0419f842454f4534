/**
 * @file The preset `ssdlite320`: SSDLite on MobileNetV3-Large, 320x320 pixels, 3,234 anchors. A sixtieth of
 * SSD300's arithmetic. Every number is torchvision's `ssdlite320_mobilenet_v3_large`.
 */
import type { ModelConfig } from './model.ts'
import { SSD_PAPER, ssdFeatureMaps } from './ssd300.ts'

/** Grids of 20, 10, 5, 3, 2 and 1 cells, which divide the input evenly. */
const STRIDES = [16, 32, 64, 128, 256, 512]
/** Even steps from .2 to .95 of the input, then the whole of it. */
const SCALES = [0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1]

/** torchvision's `ssdlite320_mobilenet_v3_large`, but that no object can lose its anchor, and empty images teach. */
export function ssdlite320(classes: readonly string[]): ModelConfig {
  const aspectRatios = STRIDES.map(() => [2, 3])
  return {
    network: { name: 'mobilenet-v3-large', extras: [512, 256, 256, 128] },
    input: { width: 320, height: 320 },
    classes: [...classes],
    featureMaps: ssdFeatureMaps(STRIDES, SCALES, aspectRatios),
    anchorLayout: { cells: 'even', clampToInput: true },
    ...SSD_PAPER,
    // Bytes to -1..1.
    normalisation: { mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] },
    detect: {
      scoreThreshold: 0.001,
      nmsIouThreshold: 0.55,
      maxCandidates: 300,
      maxDetections: 300,
    },
  }
}
