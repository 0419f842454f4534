/**
 * @file The two heads: at every cell of every feature map, and for each of its anchors, one small window
 * says what is there (class logits) and another how to move the anchor onto it (offsets).
 *
 * Shapes: map [N, C, H, W]; logits [N, H·W·anchors, K]; offsets [N, H·W·anchors, 4]. The anchors' order is
 * row, column, shape: the same as that of the anchor list.
 */
import { add, conv2d, reshape, transpose } from '../graph/ops.ts'
import type { Tensor } from '../graph/tensor.ts'
import { filled, normal } from './initialise.ts'
import type { Initialiser, Scope } from './scope.ts'

/** Small first weights, so that a fresh network's answers hardly differ from its prior (RetinaNet, section 4.1). */
const HEAD_DEVIATION = 0.01

/**
 * The chance that a fresh network gives to "some object" at an anchor. Nearly all anchors see background;
 * starting there spares the first hundred steps (RetinaNet, section 3.3: 0.01; with 3:1 mining the truth
 * that the loss sees is far higher, and 0.1 was measured to be no worse: docs/log.md).
 */
const OBJECT_PRIOR = 0.1

/** What a head answers. */
export interface Answers {
  readonly logits: Tensor
  readonly offsets: Tensor
}

/** Both heads on one feature map. @param anchors anchors a cell @param classes K, with background */
export function head(scope: Scope, map: Tensor, anchors: number, classes: number): Answers {
  return {
    logits: answer(scope.within('class'), map, anchors, classes, classPrior(anchors, classes)),
    offsets: answer(scope.within('offset'), map, anchors, 4, filled(0)),
  }
}

/** A 3x3 window with bias, its channels laid out as one row an anchor. */
function answer(
  scope: Scope,
  map: Tensor,
  anchors: number,
  numbers: number,
  bias: Initialiser,
): Tensor {
  const [n, channels, height, width] = map.shape as [number, number, number, number]
  const outputs = anchors * numbers
  const weights = scope.parameter('weight', [outputs, channels, 3, 3], normal(HEAD_DEVIATION))
  const shift = scope.parameter('bias', [outputs], bias, { decay: false })
  const raw = add(conv2d(map, weights, { padding: 1 }), reshape(shift, [1, outputs, 1, 1]))
  const byAnchor = transpose(reshape(raw, [n, anchors, numbers, height, width]), [0, 3, 4, 1, 2])
  return reshape(byAnchor, [n, height * width * anchors, numbers])
}

/** Background's bias such that softmax gives all objects together the prior chance. */
function classPrior(anchors: number, classes: number): Initialiser {
  const background = Math.log(((classes - 1) * (1 - OBJECT_PRIOR)) / OBJECT_PRIOR)
  return () =>
    Float32Array.from({ length: anchors * classes }, (_, i) => (i % classes === 0 ? background : 0))
}
