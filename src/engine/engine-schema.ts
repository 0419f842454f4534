/** @file How to run, as a schema. */
import * as z from 'zod'
import { MOST_THREADS } from '../check/limits.ts'
import { callbackSchema, type PartsOf, pathSchema } from '../check/schemas.ts'
import { DEVICES, type EngineOptions } from './engine.ts'

/** How to run: the parts of EngineOptions. */
export const engineParts = {
  threads: z.number().int().min(0).max(MOST_THREADS).optional(),
  device: z.enum(DEVICES).optional(),
  runtime: z.enum(['native', 'wasm']).optional(),
  onNotice: callbackSchema.optional(),
  profile: pathSchema.optional(),
} satisfies PartsOf<EngineOptions>

/** How to run: see EngineOptions. */
export const engineOptionsSchema = z.strictObject(engineParts)
