/**
 * @file `singleshot/core`: the parts that run anywhere, with no files, no threads and no platform. A table of
 * contents in the order the data flows; a test follows every import from here and finds no platform.
 */

// What goes wrong, with stable codes.

export { ERRORS, type ErrorCode } from './error/codes.ts'
export { SingleshotError } from './error/singleshot-error.ts'

// What a box is, and how much two of them overlap.

export {
  type Box,
  boxAt,
  type CentreSizes,
  type Corners,
  packCorners,
  type Size,
} from './box/box.ts'
export { clipBox } from './box/clip.ts'
export { toCentreSizes, toCorners } from './box/convert.ts'
export { boxIou, iouMatrix } from './box/iou.ts'
export { scaleBox } from './box/scale.ts'
export { checkBox } from './box/validate.ts'

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

export { createImage, type Image, type PixelImage } from './image/image.ts'
export { resizeImage } from './image/resize.ts'
export { imageToInput } from './image/to-input.ts'

// Labelled pictures: what they are, and scenes drawn from a seed.

export type { Dataset, Example, GroundTruth } from './dataset/dataset.ts'
export { LESSON_SCENES, SCENE_OPTIONS, type SceneOptions } from './dataset/scene-options.ts'
export { SHAPE_CLASSES } from './dataset/shape-outline.ts'
export { generateScene, generateShapes, type Scene } from './dataset/shapes.ts'

// Image and boxes vary together.

export { type Augmentation, drawAugmentation } from './augment/augment.ts'
export { AUGMENTATIONS, type AugmentOptions, FLIPS } from './augment/options.ts'
export { createRandom, type Random } from './random/random.ts'

// Where the network looks: a list of boxes, fixed before training.

export { type Anchors, type FeatureMap, generateAnchors } from './anchor/anchors.ts'
export { type Coverage, measureCoverage } from './anchor/coverage.ts'
export { anchorsOf, featureMapsOf } from './anchor/model-anchors.ts'
export { linearScales, pixelShapes, ssdShapes } from './anchor/shapes.ts'

// Arithmetic as a graph: operators, their gradients, and the graph as ONNX bytes.

export { differentiate } from './graph/differentiate.ts'
export { toOnnx } from './graph/onnx.ts'
export * as ops from './graph/ops.ts'
export { constant, input, type Shape, type Tensor } from './graph/tensor.ts'

// A rule is one record: what a detector's description chooses among, and what you can add to it.

export type { OptionSchema, OptionSchemas, OptionValues } from './rule/options.ts'
export type { Choice, ChoiceOf, Rule } from './rule/rule.ts'

// A box as offsets from its anchor, and back.

export {
  type Coder,
  type DecodeAnchor,
  defineCoder,
  type EncodeAnchor,
} from './coder/coder.ts'
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
export {
  type Match,
  type MatchOptions,
  matchAnchors,
  matchObjects,
} from './match/match.ts'
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

export type { Answers, GraphTargets } from './loss/answers.ts'
export { binaryLoss } from './loss/class/binary.ts'
export {
  type ClassError,
  type ClassLoss,
  type ClassLossInputs,
  defineClassLoss,
} from './loss/class/class-loss.ts'
export { type ClassLossChoice, classLossOf } from './loss/class/class-losses.ts'
export { focalLoss } from './loss/class/focal.ts'
export { softmaxLoss } from './loss/class/softmax.ts'
export {
  type AnchorLosses,
  type LossConfig,
  type Multibox,
  multiboxLoss,
} from './loss/multibox.ts'
export { giouLoss } from './loss/offset/giou.ts'
export { l1Loss } from './loss/offset/l1.ts'
export {
  defineOffsetLoss,
  type OffsetLoss,
  type OffsetLossInputs,
} from './loss/offset/offset-loss.ts'
export type { OffsetLossChoice } from './loss/offset/offset-losses.ts'
export { smoothL1Loss } from './loss/offset/smooth-l1.ts'
export {
  type Backbone,
  type ClassifierFile,
  defineBackbone,
  type HeadStyle,
  type NetworkPlan,
} from './network/backbones/backbone.ts'
export type { NetworkChoice } from './network/backbones/backbones.ts'
export type { NetworkDescription } from './network/description.ts'
export {
  type BlockOptions,
  type ConvOptions,
  convBlock,
  convolution,
  normalisation,
} from './network/layers.ts'
export {
  type Initialiser,
  initialWeights,
  type Parameter,
  Scope,
  type Statistic,
} from './network/scope.ts'
export { ssd } from './network/ssd.ts'
export { buildSplitStep, type SplitStep } from './train/split-step.ts'
export { averagedWeights } from './train/state.ts'
export { buildStep } from './train/step.ts'
export { type Model, readModel } from './weights/model-file.ts'

// From answers to detections, here or in a file for other programs.

export { type DetectResult, detectImage } from './detect/detect.ts'
export { type Detection, SHOWN_SCORE } from './detect/detection.ts'
export { type ExportOnnxOptions, exportOnnx } from './detect/export-onnx.ts'
export { compileForDetection, type DetectionNetwork } from './detect/network.ts'
export { type NmsOptions, nms, nmsPerClass } from './detect/nms.ts'
export { type SelectOptions, selectDetections, selectFromProbabilities } from './detect/select.ts'

// How good the detections are.

export { averagePrecision, fallingPrecision } from './evaluate/average-precision.ts'
export { evaluateCoco } from './evaluate/coco.ts'
export type { EvaluatedImage } from './evaluate/images.ts'
export { judgeClass } from './evaluate/judge.ts'
export { precisionRecall } from './evaluate/precision-recall.ts'
export { type EvaluationReport, formatReport, makeReport } from './evaluate/report.ts'
export { evaluateVoc } from './evaluate/voc.ts'

// One picture's whole way through a detector, and why an object was missed.

export {
  type DetectedFinding,
  type DetectionKind,
  JUDGE_IOU,
  type MissedFinding,
  type Stage,
  type WhyOptions,
} from './explain/finding.ts'
export { type HandMade, handMadeModel, handMadeSeen, traceByHand } from './explain/hand-made.ts'
export {
  type AnswerNumbers,
  compileLoss,
  type LossNumbers,
  runLoss,
} from './explain/loss-program.ts'
export type { TracedObject } from './explain/object-story.ts'
export { readTrace } from './explain/read-trace.ts'
export type { WhyTarget } from './explain/sought.ts'
export {
  type AnchorTrace,
  type DetectionTrace,
  type ObjectTrace,
  TRACE_VERSION,
  type Trace,
  traceSchema,
} from './explain/trace.ts'
export { type TraceOptions, traceAnswers, traceImage } from './explain/trace-image.ts'
export { traceJsonSchema } from './explain/trace-schema.ts'
export { compileForTrace, look, type Seen, type Tracer } from './explain/tracer.ts'
export { whyMissed } from './explain/why.ts'
export { whyDetected } from './explain/why-detected.ts'
export { type Finding, whyPicture } from './explain/why-picture.ts'

// Pictures of it, as SVG.

export type { Curve, Panel } from './draw/curve.ts'
export { curvesSvg } from './draw/curve-svg.ts'
export { comparisonSvg, detectionsSvg, groundTruthSvg } from './draw/detections-svg.ts'
export { placePlate } from './draw/place-plate.ts'
