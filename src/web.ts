/** @file `singleshot/web`: what a page needs besides `singleshot/core`. Install onnxruntime-web beside it. */

export type { Engine, Feed, Program, ProgramSource, RunResult } from './engine/engine.ts'
export { createWebEngine, type WebEngineOptions } from './engine/web.ts'
