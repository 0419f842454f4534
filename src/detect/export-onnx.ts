/**
 * @file A whole detector as one ONNX file, for programs without this package: pixels in, boxes out.
 *
 *     images uint8 [1, H, W, 3] ─▶ (x - mean) / std ─▶ network ─┬▶ probabilities ─────────────────▶ scores
 *                                                              └▶ offsets ─▶ decode ─▶ clip ─────▶ boxes
 *
 * Resizing stays outside: ONNX's is not the one that the network was trained with, and whoever knows the
 * picture's size can bring the boxes back to it. docs/export.md says what goes in and out.
 *
 * Shapes: A anchors, K classes with background.
 */

import { anchorsOf } from '../anchor/model-anchors.ts'
import type { Size } from '../box/box.ts'
import { decodePixels } from '../coder/decode-graph.ts'
import { checkModel } from '../config/check-model.ts'
import type { DetectConfig } from '../config/detect.ts'
import type { ModelConfig } from '../config/model.ts'
import { toOnnx } from '../graph/onnx.ts'
import {
  and,
  cast,
  divide,
  greater,
  maximum,
  minimum,
  reshape,
  slice,
  subtract,
  transpose,
  where,
} from '../graph/ops.ts'
import { constant, input, type Tensor } from '../graph/tensor.ts'
import type { Normalisation } from '../image/normalise.ts'
import { classLossOf } from '../loss/class/class-losses.ts'
import { Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import type { Model } from '../weights/model-file.ts'
import { type SelectionSize, selectionTail } from './onnx-selection.ts'
import { numbersOf, weightsFor } from './weights.ts'

/** Raised when a program that runs a file of this version would misread one of the next. */
const CONTRACT_VERSION = 1

/** How far the file goes. */
export interface ExportOnnxOptions {
  /** Whether it also selects: score threshold, NMS, limits. Default false: every anchor's box and scores. */
  readonly nms?: boolean
  /** Thresholds and limits that differ from the model's own. */
  readonly detect?: Partial<DetectConfig>
}

/**
 * The bytes of an ONNX file. Input `images`: uint8 [1, H, W, 3], RGB, of the network's input size. Outputs, boxes as
 * corners in pixels of the input:
 * - without `nms`: `boxes` [1, A, 4] and `scores` [1, A, K - 1]
 * - with `nms`: `boxes` [D, 4], `scores` [D], `labels` int32 [D], class ids; best first
 * @throws SingleshotError E_MODEL_FILE when a weight is missing or of the wrong size
 */
export function exportOnnx(
  model: Model,
  { nms = false, detect }: ExportOnnxOptions = {},
): Uint8Array {
  checkModel(model.config, 'exportOnnx')
  const config = { ...model.config, detect: { ...model.config.detect, ...detect } }
  const { width, height } = config.input
  const scope = new Scope('evaluate')
  const pixels = input('images', [1, height, width, 3], 'uint8')
  const { logits, offsets } = ssd(scope, normalised(pixels, config.normalisation), config)
  const anchors = anchorsOf(config)
  const boxes = clipped(decodePixels(offsets, { anchors, boxCoder: config.boxCoder }), config.input)
  const scores = withoutBackground(classLossOf(config.loss.classLoss).probabilities(logits))
  const options = {
    constants: numbersOf(weightsFor(scope, model.weights)),
    metadata: metadataOf(config, model.notes),
  }
  if (!nms) return toOnnx({ boxes, scores }, options)
  const size = { anchors: anchors.count, classes: config.classes.length }
  const tail = selectionTail(config.detect, size)
  return toOnnx(candidates(boxes, scores, size), { ...options, tail })
}

/** Bytes [1, H, W, 3] as what the network was trained on, [1, 3, H, W]. */
function normalised(pixels: Tensor, { mean, std }: Normalisation): Tensor {
  const planes = transpose(cast(pixels, 'float32'), [0, 3, 1, 2])
  const eachChannel = [1, 3, 1, 1]
  return divide(subtract(planes, constant(mean, eachChannel)), constant(std, eachChannel))
}

/** Corners within the input. @param boxes [1, A, 4] */
function clipped(boxes: Tensor, { width, height }: Size): Tensor {
  const limits = constant([width, height, width, height], [1, 1, 4])
  return minimum(maximum(boxes, constant(0)), limits)
}

/** [1, A, K] without its first column. */
function withoutBackground(probabilities: Tensor): Tensor {
  return slice(probabilities, [{ axis: 2, start: 1, end: probabilities.shape[2]! }])
}

/**
 * What selecting reads: boxes [A, 4], and scores [C, A] that are 0 where clipping left nothing of the box, for
 * such a box is no candidate.
 */
function candidates(boxes: Tensor, scores: Tensor, { anchors, classes }: SelectionSize) {
  const side = (place: number) => slice(boxes, [{ axis: 2, start: place, end: place + 1 }])
  const hasArea = and(greater(side(2), side(0)), greater(side(3), side(1)))
  const counted = where(hasArea, scores, constant(0))
  return {
    boxes: reshape(boxes, [anchors, 4]),
    scores: transpose(reshape(counted, [anchors, classes]), [1, 0]),
  }
}

/** What the file tells of itself, as text by key. */
function metadataOf(config: ModelConfig, notes: Model['notes']): Record<string, string> {
  return {
    format_version: String(CONTRACT_VERSION),
    classes: JSON.stringify(config.classes),
    input_size: `${config.input.width}x${config.input.height}`,
    config: JSON.stringify(config),
    notes: JSON.stringify(notes),
  }
}
