/**
 * @file The presets `lesson9` and `lesson9-simple`: the detector that fast.ai's 2018 course builds in one
 * lecture, ResNet34 at 224x224 pixels. The simple one, a 4x4 grid with one anchor a cell, is how the lecture
 * begins; grids of 4, 2 and 1 with nine anchors a cell (189 in all) and focal loss are where it ends.
 *
 * Offsets go through tanh, so an anchor stays near its cell; classes are yes-or-no questions, and background
 * is "all no". Source: fast.ai 2018, part 2, lesson 9, notebook pascal-multi.
 */
import type { ModelConfig } from './model.ts'

/** At 224 pixels a cell is 56, 112 or 224 wide. */
const STRIDES = [64, 128, 256]
const ZOOMS = [0.7, 1, 1.3]
const SHAPES: [number, number][] = [
  [1, 1],
  [1, 0.5],
  [0.5, 1],
]

/** 4x4, 2x2 and 1x1 cells, three zooms, three shapes: 189 anchors; focal loss. */
export function lesson9(classes: readonly string[]): ModelConfig {
  return {
    network: { name: 'resnet34', grids: STRIDES.length },
    input: { width: 224, height: 224 },
    classes: [...classes],
    featureMaps: STRIDES.map((stride) => ({ stride, zooms: [...ZOOMS], shapes: [...SHAPES] })),
    anchorLayout: { cells: 'even', clampToInput: false },
    boxCoder: { name: 'tanh' },
    // ImageNet's, which ResNet34's published weights know.
    normalisation: { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] },
    // The lesson lets the last of two objects win an anchor; `matcher: overwriting` does the same.
    match: { matchIouThreshold: 0.4, matcher: 'bipartite' },
    loss: {
      // The notebook's gamma is 1; the paper's is 2.
      classLoss: { name: 'focal', alpha: 0.25, gamma: 1 },
      offsetLoss: { name: 'l1' },
      offsetWeight: 1,
      per: 'image',
    },
    detect: { scoreThreshold: 0.01, nmsIouThreshold: 0.4, maxCandidates: 100, maxDetections: 100 },
  }
}

/** The lesson's first model: 16 cells, one anchor each, no focal loss. */
export function lesson9Simple(classes: readonly string[]): ModelConfig {
  const full = lesson9(classes)
  return {
    ...full,
    network: { name: 'resnet34', grids: 1 },
    featureMaps: [{ stride: STRIDES[0]!, zooms: [1], shapes: [[1, 1]] }],
    loss: { ...full.loss, classLoss: { name: 'binary' } },
  }
}
