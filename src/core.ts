/**
 * @file `singleshot/core`: the parts that run anywhere, with no files, no threads and no platform. A table of
 * contents in the order the data flows; a test follows every import from here and finds no platform.
 */

// What a box is, and how much two of them overlap.

export { boxAt, type CentreSizes, packCorners } from './box/box.ts'
export { clipBox } from './box/clip.ts'
export { toCentreSizes, toCorners } from './box/convert.ts'
export { scaleBox } from './box/scale.ts'
export { type BoxOrigin, checkBox } from './box/validate.ts'

// What a setting may be, the description of `tiny`, and what the paper and Lesson 9 do otherwise.

export type { DetectConfig } from './config/detect.ts'
export { lesson9 } from './config/lesson9.ts'
export { type ModelConfig, modelSchema } from './config/model.ts'
export { describePreset, type PresetName } from './config/presets.ts'
export { SSD_PAPER } from './config/ssd300.ts'
export { tinyInputSize, tinyModel } from './config/tiny.ts'
export type { TrainConfig } from './config/train.ts'
export { TRAIN_DEFAULTS } from './config/train-defaults.ts'

// Pixels, and the numbers a network sees.

export type { ColourMatrix, ColourRow } from './image/colour-matrix.ts'
export { createImage, type Image, type PixelImage, type Rgb } from './image/image.ts'
export type { Normalisation } from './image/normalise.ts'
export { resizeImage } from './image/resize.ts'
export { imageToInput } from './image/to-input.ts'
export type { Transform } from './image/transform.ts'
export type { Turn } from './image/turn.ts'

// Labelled pictures: what they are, and scenes drawn from a seed.

export {
  LESSON_SCENES,
  SCENE_OPTIONS,
  type SceneOptions,
  type ShapesOptions,
} from './dataset/scene-options.ts'
export { SHAPE_CLASSES } from './dataset/shape-outline.ts'
export { generateScene, generateShapes, type Scene, type Shapes } from './dataset/shapes.ts'

// Image and boxes vary together.

export { type Augmentation, type AugmentSource, drawAugmentation } from './augment/augment.ts'
export {
  AUGMENTATIONS,
  type AugmentOptions,
  type ColourOptions,
  type CropOptions,
  type ExpandOptions,
  FLIPS,
  type FlipOptions,
  type JitterOptions,
  type MosaicOptions,
  type Range,
  type TurnOptions,
} from './augment/options.ts'
export { createRandom, type Random } from './random/random.ts'

// Where the network looks: a list of boxes, fixed before training.

export { type Anchors, type FeatureMap, generateAnchors } from './anchor/anchors.ts'
export {
  type Coverage,
  type CoverageOptions,
  measureCoverage,
  type ObjectCoverage,
} from './anchor/coverage.ts'
export {
  type CoverageGroup,
  type CoverageReport,
  reportCoverage,
} from './anchor/coverage-report.ts'
export type { AnchorLayout, FeatureMapConfig } from './anchor/feature-maps.ts'
export { type FitObject, fitAnchors, fitObjects, fitScore } from './anchor/fit.ts'
export { type AnchorConfig, anchorsOf, featureMapsOf } from './anchor/model-anchors.ts'
export {
  linearScales,
  type PixelShapeOptions,
  pixelShapes,
  type ScaleOptions,
  type SsdShapeOptions,
  ssdShapes,
} from './anchor/shapes.ts'

// Arithmetic as a graph: operators, their gradients, and the graph as ONNX bytes.

export { differentiate } from './graph/differentiate.ts'
export type { Attribute, FixedTensor, Lowering, OnnxNode, Target } from './graph/lowering.ts'
export { type OnnxOptions, type OnnxResult, type Tail, toOnnx } from './graph/onnx.ts'
export type { OnnxValue } from './graph/onnx-parts.ts'
export type { Inferred, Operation, Operator } from './graph/operator.ts'
export type { Pair, Sides, WindowOptions } from './graph/ops/conv-geometry.ts'
export type { Conv2dOptions } from './graph/ops/conv2d.ts'
export * as ops from './graph/ops.ts'
export {
  constant,
  type DataType,
  type Floats,
  input,
  type Shape,
  type Source,
  type Tensor,
  type WholeNumbers,
} from './graph/tensor.ts'

// A rule is one record: what a detector's description chooses among, and what you can add to it.

export type {
  ListOption,
  NumberOption,
  OptionSchema,
  OptionSchemas,
  OptionValue,
  OptionValues,
  RecordOption,
  TupleOption,
} from './rule/options.ts'
export type { Choice, ChoiceOf, Rule } from './rule/rule.ts'

// A box as offsets from its anchor, and back.

export { type Coder, type DecodeAnchor, defineCoder, type EncodeAnchor } from './coder/coder.ts'
export {
  type BoxCoderOptions,
  type CoderChoice,
  decoder,
  encoder,
  SSD_BOX_CODER,
} from './coder/coders.ts'
export type { Geometry, Placement } from './coder/decode-graph.ts'
export { cornersAround, cutOffsets, type GraphAnchors } from './coder/graph-boxes.ts'
export {
  decodeOffsets,
  encodeOffsets,
  LARGEST_LOG_STRETCH,
  logCoder,
  OFFSET_SCALE,
  type OffsetOptions,
  type OffsetScale,
} from './coder/log.ts'
export { LARGEST_TANH, TANH_REACH, tanhCoder } from './coder/tanh.ts'

// Which anchor is responsible for which object, how far it is off, and what it should say.

export { bipartiteMatcher } from './match/bipartite.ts'
export { type Match, type MatchOptions, matchAnchors, matchObjects } from './match/match.ts'
export { defineMatcher, type Matcher, type MatchInputs, NEGATIVE } from './match/matcher.ts'
export { MATCH_DEFAULTS, type MatchConfig, type MatcherName } from './match/matchers.ts'
export { overwritingMatcher } from './match/overwriting.ts'
export {
  buildTargets,
  type TargetArrays,
  type TargetObjects,
  type TargetOptions,
  type Targets,
} from './match/targets.ts'

// The network, its loss, and a whole training step as one graph.

export * from './learn.ts'

// From answers to detections, here or in a file for other programs.

export type { Candidate } from './detect/candidates.ts'
export { type DetectResult, detectImage } from './detect/detect.ts'
export { SHOWN_SCORE } from './detect/detection.ts'
export { type ExportOnnxOptions, exportOnnx } from './detect/export-onnx.ts'
export { compileForDetection, type DetectionNetwork } from './detect/network.ts'
export {
  type SelectOptions,
  type SelectVerdict,
  selectDetections,
  selectFromProbabilities,
  type VerdictKind,
} from './detect/select.ts'
export type {
  Capabilities,
  Device,
  Engine,
  Feed,
  Program,
  ProgramSource,
  RunResult,
  Runtime,
  StateSlot,
} from './engine/engine.ts'

// How good the detections are, what went wrong, and what a box is.

export * from './evaluate.ts'

// What explains a detector: the trace of a picture, what was missed and why, and pictures of it.

export * from './explain.ts'
