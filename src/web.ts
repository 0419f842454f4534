/** @file `singleshot/web`: what a page needs besides `singleshot/core`. */

export type { Anchors } from './anchor/anchors.ts'
export type { Box, CentreSizes, Corners, Size } from './box/box.ts'
export type { DetectConfig } from './config/detect.ts'
export type { ModelConfig } from './config/model.ts'
export type { Detection } from './detect/detection.ts'
export type { LoadedModel } from './detect/loaded-model.ts'
export type { DetectionNetwork } from './detect/network.ts'
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
export { createWebEngine, type WebEngineOptions } from './engine/web.ts'
export type { Target } from './graph/lowering.ts'
export type { Shape } from './graph/tensor.ts'
export type { PixelImage } from './image/image.ts'
export type {
  ListOption,
  NumberOption,
  OptionSchema,
  OptionSchemas,
  RecordOption,
  TupleOption,
} from './rule/options.ts'
export type { Rule } from './rule/rule.ts'
export { type Bitmap, detect, type WebDetectOptions } from './web/detect.ts'
export { loadModel, type WebLoadOptions, type WebModelSource } from './web/load-model.ts'
export type { ReadModelOptions } from './weights/model-file.ts'
