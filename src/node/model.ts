/** @file A model from a file, ready to detect: the engine started, the network compiled. */

import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { bytesOf } from '../call/bytes-of.ts'
import { orAborted } from '../call/or-aborted.ts'
import { checkOptions } from '../check/check-options.ts'
import { type PartsOf, pathSchema, signalSchema } from '../check/schemas.ts'
import { rulesSchema } from '../config/rule-slots.ts'
import { detectorFrom } from '../detect/detector-from.ts'
import { type LoadedModel, openModel } from '../detect/loaded-model.ts'
import type { EngineOptions } from '../engine/engine.ts'
import { engineOptionsOf } from '../engine/engine-options.ts'
import { engineParts } from '../engine/engine-schema.ts'
import { createEngine } from '../engine/node.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { type Model, type ReadModelOptions, readModel } from '../weights/model-file.ts'

export type { LoadedModel } from '../detect/loaded-model.ts'

/** The model of a run folder to use. */
export const BEST_FILE = 'best.safetensors'
/** The checkpoint of a run folder, to go on from. */
export const LAST_FILE = 'last.safetensors'

/** How to load. */
export interface LoadOptions extends EngineOptions, ReadModelOptions {
  /** Ends the loading with its reason; the engine is freed. */
  readonly signal?: AbortSignal | undefined
}

/** What `loadModel` takes besides the model. */
const loadOptionsSchema = z.strictObject({
  ...engineParts,
  rules: z.optional(rulesSchema),
  signal: signalSchema.optional(),
} satisfies PartsOf<LoadOptions>)

/** Where a model is: a model file or run folder by its path or `file:` address, or the bytes of a model file. */
export type ModelSource = string | URL | Uint8Array | ArrayBuffer | Blob

/**
 * Loads a model.
 * @param source a model file, a run folder (its best model, else its last), or the bytes of a model file
 * @throws SingleshotError E_MODEL_MISSING, E_MODEL_FILE, E_ENGINE, E_DEVICE; E_CONFIG for an option that is unknown or
 * out of range, E_ARGUMENT for a source of another kind; the signal's reason
 * @example
 * ```js
 * import { detect, loadModel } from 'singleshot'
 *
 * const model = await loadModel('run')
 * console.log(model.classes[0]) // → circle
 * for (const { className, score, box } of await detect(model, 'shapes/JPEGImages/000001.jpg'))
 *   console.log(className, score, box)
 * await model.close()
 * ```
 */
export async function loadModel(
  source: ModelSource,
  options: LoadOptions = {},
): Promise<LoadedModel> {
  const checked = checkOptions(loadOptionsSchema, options, 'loadModel')
  const { signal } = checked
  signal?.throwIfAborted()
  const model = await orAborted(readSource(source, checked), signal)
  const engine = createEngine(engineOptionsOf(options))
  try {
    return await orAborted(openModel(engine, model), signal)
  } catch (error) {
    await engine.close()
    throw error
  }
}

async function readSource(source: ModelSource, options: ReadModelOptions): Promise<Model> {
  const bytes = await bytesOf(source)
  if (bytes !== undefined) return detectorFrom(bytes, 'bytes', options)
  if (typeof source === 'string' || (source instanceof URL && source.protocol === 'file:')) {
    const path = typeof source === 'string' ? source : fileURLToPath(source)
    checkOptions(pathSchema, path, 'loadModel', { object: 'path' })
    return readDetector(path, options)
  }
  throw new SingleshotError('E_ARGUMENT', {
    where: 'loadModel',
    rule: 'expected a model: the path or file: URL of a model file or run folder, or the bytes of a model file',
    got: source instanceof URL ? source.href : source,
  })
}

/**
 * Reads a model with the weights that detect, without starting an engine. A checkpoint also holds the weights'
 * average, which detects better than the weights themselves.
 * @throws SingleshotError E_MODEL_MISSING; E_MODEL_FILE, also when the weights are not those of the network
 */
export async function readDetector(path: string, options: ReadModelOptions = {}): Promise<Model> {
  const file = await findModelFile(path)
  return detectorFrom(await readFile(file), file, options)
}

/** Reads a model without starting an engine. @throws SingleshotError E_MODEL_MISSING, E_MODEL_FILE */
export async function readModelFile(path: string, options: ReadModelOptions = {}): Promise<Model> {
  const file = await findModelFile(path)
  return readModel(await readFile(file), file, options)
}

async function findModelFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  const candidates = found?.isDirectory() ? [join(path, BEST_FILE), join(path, LAST_FILE)] : [path]
  for (const candidate of candidates)
    if ((await stat(candidate).catch(() => null))?.isFile()) return candidate
  const rule = found?.isDirectory()
    ? `expected ${BEST_FILE} or ${LAST_FILE} in the run folder`
    : 'expected a model file or a run folder'
  throw new SingleshotError('E_MODEL_MISSING', {
    where: 'loadModel',
    rule,
    got: 'none',
    file: path,
  })
}
