/** @file The public API on Node.js, as a table of contents: what the CLI uses, nothing else. */

export { AUGMENTATIONS, type AugmentOptions, FLIPS } from './augment/options.ts'
export type { Box, Size } from './box/box.ts'
export type { ConfigPatch } from './config/config-file.ts'
export type { DetectConfig } from './config/detect.ts'
export type { ModelConfig } from './config/model.ts'
export type { TrainConfig } from './config/train.ts'
export { TRAIN_DEFAULTS } from './config/train-defaults.ts'
export type { LeftOut, SplitTaken } from './dataset/dataset.ts'
export type { SceneOptions, ShapesOptions } from './dataset/scene-options.ts'
export type { DataSummary } from './dataset/summary.ts'
export type { Detection } from './detect/detection.ts'
export type {
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
export { SingleshotError } from './error/singleshot-error.ts'
export { type EvaluationReport, formatReport } from './evaluate/report.ts'
export type { Image } from './image/image.ts'
export { type WriteShapesOptions, writeShapes } from './node/data/write-shapes.ts'
export {
  type DetectManyOptions,
  type DetectOptions,
  detect,
  type Found,
  type PathDetections,
  type Picture,
} from './node/detect.ts'
export { type EvaluateOptions, type Evaluation, evaluate } from './node/evaluate.ts'
export type {
  DataEvent,
  DetectEvent,
  EvaluateEvent,
  MessageEvent,
  ProblemEvent,
  ProgressEvent,
  PullEvent,
  StepEvent,
  TrainEvent,
  UnreadEvent,
  WriteShapesEvent,
} from './node/events.ts'
export { type ExportRequest, type ExportResult, exportModel } from './node/export.ts'
export { type PullRequest, type PullResult, pull } from './node/fetch/pull.ts'
export { type ImportRequest, type ImportResult, importWeights } from './node/import-weights.ts'
export { type LoadedModel, type LoadOptions, loadModel, type ModelSource } from './node/model.ts'
export {
  type ResumeRequest,
  type StartRequest,
  type TrainRequest,
  type TrainResult,
  train,
} from './node/run/train.ts'
export type { Rule } from './rule/rule.ts'
export { PUBLISHED, type PublishedFile, type PublishedName } from './weights/foreign/published.ts'
