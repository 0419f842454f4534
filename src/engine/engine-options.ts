/** @file How to run, picked out of a larger request such as that of a training. */

import type { EngineOptions } from './engine.ts'
import { engineParts } from './engine-schema.ts'

/** The engine's part of a request; nothing for what it leaves out. */
export function engineOptionsOf(request: EngineOptions): EngineOptions {
  const given = Object.entries(request).filter(
    ([name, value]) => Object.hasOwn(engineParts, name) && value !== undefined,
  )
  return Object.fromEntries(given)
}
