/** @file The parts that run anywhere: no files, no threads, no platform. A table of contents, in the order the data flows. */

// Where the network looks, and which anchor answers for which object.
export { type Anchors, type FeatureMap, generateAnchors } from './anchor/anchors.ts'
export { type Coverage, measureCoverage } from './anchor/coverage.ts'
export { anchorsOf } from './anchor/model-anchors.ts'
export { pixelShapes, ssdShapes } from './anchor/shapes.ts'
// What a box is, and how much two of them overlap.
export {
  type Box,
  boxAt,
  type CentreSizes,
  type Corners,
  packCorners,
  type Size,
} from './box/box.ts'
export { toCentreSizes, toCorners } from './box/convert.ts'
export { boxIou, iouMatrix } from './box/iou.ts'
// What a model is.
export { type ModelConfig, modelSchema } from './config/model.ts'
export { tinyInputSize, tinyModel } from './config/tiny.ts'
// Generated scenes.
export { SHAPE_CLASSES } from './dataset/shape-outline.ts'
export { generateScene, generateShapes } from './dataset/shapes.ts'
// From answers to detections, and how good they are.
export type { Detection } from './detect/detection.ts'
export { nms, nmsPerClass } from './detect/nms.ts'
export { selectDetections } from './detect/select.ts'
// Pictures of it.
export { detectionsSvg } from './draw/detections-svg.ts'
export { evaluateCoco } from './evaluate/coco.ts'
export { formatReport, makeReport } from './evaluate/report.ts'
export { evaluateVoc } from './evaluate/voc.ts'
// The graph: operators, gradients, ONNX.
export { differentiate } from './graph/differentiate.ts'
export { toOnnx } from './graph/onnx.ts'
export * as ops from './graph/ops.ts'
export { constant, input, type Tensor } from './graph/tensor.ts'
// The network, its loss, its training step.
export { multiboxLoss } from './loss/multibox.ts'
export { type MatchOptions, matchAnchors } from './match/match.ts'
export { decodeOffsets, encodeOffsets } from './match/offsets.ts'
export { buildTargets } from './match/targets.ts'
export { Scope } from './network/scope.ts'
export { ssd } from './network/ssd.ts'
export { buildStep } from './train/step.ts'
