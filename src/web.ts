/** @file `singleshot/web`: what a page needs besides `singleshot/core`. */

export type { Engine, Feed, Program, ProgramSource, RunResult } from './engine/engine.ts'
export { createWebEngine, type WebEngineOptions } from './engine/web.ts'
