/** @file The public API on Node.js, as a table of contents: what the CLI uses, nothing else. */

export type { Anchors } from './anchor/anchors.ts'
export type { CoverageGroup, CoverageReport } from './anchor/coverage-report.ts'
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
export type { Box, CentreSizes, Corners, Size } from './box/box.ts'
export type { ConfigPatch } from './config/config-file.ts'
export type { DetectConfig } from './config/detect.ts'
export type { ExportFormat } from './config/export.ts'
export type { ModelConfig } from './config/model.ts'
export type { PresetName } from './config/presets.ts'
export type { TrainConfig } from './config/train.ts'
export { TRAIN_DEFAULTS } from './config/train-defaults.ts'
export type { LabelsRead, LeftOut, SplitTaken } from './dataset/dataset.ts'
export type { ProblemOptions } from './dataset/problem-list.ts'
export type { SceneOptions, ShapesOptions } from './dataset/scene-options.ts'
export type { SplitShares } from './dataset/split.ts'
export type { DataSummary } from './dataset/summary.ts'
export type { Detection } from './detect/detection.ts'
export type { ExportOnnxOptions } from './detect/export-onnx.ts'
export type { DetectionNetwork } from './detect/network.ts'
export {
  type DataFinding,
  FINDING_KINDS,
  type FindingCode,
  type FindingKind,
  type Gravity,
} from './doctor/data-finding.ts'
export type { SuspicionKind } from './doctor/suspicions.ts'
export type {
  Capabilities,
  Device,
  Engine,
  EngineOptions,
  Feed,
  Program,
  ProgramSource,
  RunResult,
  Runtime,
  StateSlot,
} from './engine/engine.ts'
export { createEngine } from './engine/node.ts'
export { ERRORS, type ErrorCode } from './error/codes.ts'
export { type ErrorParts, SingleshotError } from './error/singleshot-error.ts'
export { type EvaluationReport, formatReport, type NamedMeasure } from './evaluate/report.ts'
export type { VocClassResult } from './evaluate/voc.ts'
export type { Trace } from './explain/trace.ts'
export type { Target } from './graph/lowering.ts'
export type { Floats, Shape } from './graph/tensor.ts'
export type { Image, PixelImage, Rgb } from './image/image.ts'
export type { Normalisation } from './image/normalise.ts'
export {
  DIFFICULT_IN_JUDGING,
  DIFFICULT_IN_TRAINING,
  type DifficultInJudging,
  type DifficultInTraining,
} from './label/difficult.ts'
export { FORMAT_NAMES, type FormatName } from './label/format-names.ts'
export type { Trait } from './label/labels.ts'
export type { Lost } from './label/lost.ts'
export { UNLABELLED, type Unlabelled } from './label/unlabelled.ts'
export type { ClassifierFile } from './network/backbones/backbone.ts'
export {
  type ConvertRequest,
  type ConvertResult,
  convertLabels,
} from './node/data/convert.ts'
export { type DoctorReport, type DoctorRequest, examineData } from './node/data/doctor.ts'
export { type DoctorPageRequest, writeDoctorPage } from './node/data/doctor-page.ts'
export {
  examineLabels,
  type LabelDoctorRequest,
  type LabelReport,
  type LabelSuspicion,
} from './node/data/label-doctor.ts'
export {
  type DataChange,
  type MendRequest,
  type MendResult,
  mendData,
} from './node/data/mend-data.ts'
export type { PictureTransfer } from './node/data/write-labels.ts'
export { type WriteShapesOptions, writeShapes } from './node/data/write-shapes.ts'
export {
  type DetectManyOptions,
  type DetectOptions,
  detect,
  type Found,
  type PathDetections,
  type Picture,
} from './node/detect.ts'
export {
  type EvaluateOnOptions,
  type EvaluateOptions,
  type Evaluation,
  evaluate,
} from './node/evaluate.ts'
export type {
  ConvertEvent,
  DataEvent,
  DetectEvent,
  EvaluateEvent,
  Listener,
  MessageEvent,
  ProblemEvent,
  ProgressEvent,
  PullEvent,
  StepEvent,
  Task,
  TrainEvent,
  UnreadEvent,
  WriteShapesEvent,
} from './node/events.ts'
export { type ExportRequest, type ExportResult, exportModel } from './node/export.ts'
export type { DownloadRequest } from './node/fetch/download.ts'
export type { CheckedFile, CheckedRequest } from './node/fetch/fetch-checked.ts'
export { type PullRequest, type PullResult, pull } from './node/fetch/pull.ts'
export type { Sequence } from './node/files/ahead.ts'
export { type AnchorsRequest, type AnchorsResult, measureAnchors } from './node/fit-anchors.ts'
export { type ImportRequest, type ImportResult, importWeights } from './node/import-weights.ts'
export { type LoadedModel, type LoadOptions, loadModel, type ModelSource } from './node/model.ts'
export { type PreviewRequest, type PreviewResult, previewTraining } from './node/run/preview.ts'
export {
  type ResumeRequest,
  type StartRequest,
  type TrainRequest,
  type TrainResult,
  train,
} from './node/run/train.ts'
export type { SessionOptions } from './node/run/train-request.ts'
export { type TracePictureOptions, tracePicture } from './node/why.ts'
export type {
  ListOption,
  NumberOption,
  OptionSchema,
  OptionSchemas,
  RecordOption,
  TupleOption,
} from './rule/options.ts'
export type { Rule } from './rule/rule.ts'
export type { Losses } from './train/losses.ts'
export type { Position, RunSummary, StepReport, Timing } from './train/report.ts'
export type { Misfit } from './weights/foreign/fit.ts'
export type { ImportedModel } from './weights/foreign/import-model.ts'
export type { NameMap } from './weights/foreign/name-maps.ts'
export { PUBLISHED, type PublishedFile, type PublishedName } from './weights/foreign/published.ts'
export type { NamedClasses } from './weights/foreign/published-classes.ts'
export type { ReadModelOptions } from './weights/model-file.ts'
