/** @file A model from a file, ready to detect: the engine started, the network compiled. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { checkOptions } from '../check/check-options.ts'
import { engineOptionsSchema, pathSchema } from '../check/schemas.ts'
import type { ModelConfig } from '../config/model.ts'
import { compileForDetection, type DetectionNetwork } from '../detect/network.ts'
import { checkWeights } from '../detect/weights.ts'
import { disposable } from '../engine/closing.ts'
import type { EngineOptions } from '../engine/engine.ts'
import { createEngine } from '../engine/node.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { averagedWeights } from '../train/state.ts'
import { type Model, readModel } from '../weights/model-file.ts'

/** The model of a run folder to use. */
export const BEST_FILE = 'best.safetensors'
/** The checkpoint of a run folder, to go on from. */
export const LAST_FILE = 'last.safetensors'

/** A model that can detect. Close it when done, or declare it with `await using`. */
export interface LoadedModel extends AsyncDisposable {
  readonly config: ModelConfig
  /** Class names in class-id order. */
  readonly classes: readonly string[]
  /** Facts about how it was trained. */
  readonly notes: Readonly<Record<string, unknown>>
  readonly network: DetectionNetwork
  /** Frees the engine; what is under way rejects with E_CLOSED. Closing twice is fine. */
  close(): Promise<void>
}

/**
 * Loads a model.
 * @param path a model file, or a run folder (its best model, else its last)
 * @throws SingleshotError E_MODEL_MISSING, E_MODEL_FILE, E_ENGINE, E_DEVICE; E_CONFIG for an option that is unknown or out of
 * range
 */
export async function loadModel(path: string, options: EngineOptions = {}): Promise<LoadedModel> {
  checkOptions(pathSchema, path, 'loadModel', { object: 'path' })
  checkOptions(engineOptionsSchema, options, 'loadModel')
  const { config, weights, notes } = await readDetector(path)
  const engine = createEngine(options)
  try {
    const network = await compileForDetection(engine, config, weights)
    const close = () => engine.close()
    return disposable({ config, classes: config.classes, notes, network, close })
  } catch (error) {
    await engine.close()
    throw error
  }
}

/**
 * Reads a model with the weights that detect, without starting an engine. A checkpoint also holds the weights'
 * average, which detects better than the weights themselves.
 * @throws SingleshotError E_MODEL_MISSING; E_MODEL_FILE, also when the weights are not those of the network
 */
export async function readDetector(path: string): Promise<Model> {
  const file = await findModelFile(path)
  const stored = readModel(await readFile(file), file)
  const model = { ...stored, weights: averagedWeights(stored.weights) }
  checkWeights(model, file)
  return model
}

/** Reads a model without starting an engine. @throws SingleshotError E_MODEL_MISSING, E_MODEL_FILE */
export async function readModelFile(path: string): Promise<Model> {
  const file = await findModelFile(path)
  return readModel(await readFile(file), file)
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
