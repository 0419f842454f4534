/** @file `singleshot/web`: what a page needs besides `singleshot/core`. */

export type { LoadedModel } from './detect/loaded-model.ts'
export type { Engine, Feed, Program, ProgramSource, RunResult } from './engine/engine.ts'
export { createWebEngine, type WebEngineOptions } from './engine/web.ts'
export { type Bitmap, detect, type WebDetectOptions } from './web/detect.ts'
export { loadModel, type WebLoadOptions, type WebModelSource } from './web/load-model.ts'
