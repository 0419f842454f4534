/** @file A model that is ready to detect, wherever it came from and wherever it computes. */
import { disposable } from '../call/disposable.ts'
import type { ModelConfig } from '../config/model.ts'
import type { Engine } from '../engine/engine.ts'
import type { Model } from '../weights/model-file.ts'
import { compileForDetection, type DetectionNetwork } from './network.ts'

/** A model that can detect. Close it when done, or declare it with `await using`. */
export interface LoadedModel extends AsyncDisposable {
  readonly config: ModelConfig
  /** Class names in class-id order. */
  readonly classes: readonly string[]
  /** Facts about how it was trained. */
  readonly notes: Readonly<Record<string, unknown>>
  /** Looks at one picture at a time. */
  readonly network: DetectionNetwork
  /**
   * The same network for {@link BATCH} pictures at a time, compiled when it is first asked for; null where looking at
   * several at once saves nothing.
   */
  readonly batchNetwork: () => Promise<DetectionNetwork | null>
  /** Frees the engine; what is under way rejects with E_CLOSED. Closing twice is fine. */
  close(): Promise<void>
}

/** Pictures looked at in one run where there are many: 8 saved little more (docs/log.md) and hold twice the memory. */
export const BATCH = 4

/**
 * Networks with more weights spend their time in large convolutions, which gain nothing from a batch, and a second
 * copy of their weights and feature maps would take hundreds of megabytes.
 */
const MOST_WEIGHTS_BATCHED = 10_000_000

/**
 * Compiles a model on an engine that is its own from here on.
 * @param model with the weights that detect
 * @throws SingleshotError E_MODEL_FILE, E_DEVICE, E_ENGINE, E_CLOSED; the engine is then still open
 */
export async function openModel(
  engine: Engine,
  { config, weights, notes }: Model,
): Promise<LoadedModel> {
  const network = await compileForDetection(engine, config, weights)
  const count = [...weights.values()].reduce((sum, { length }) => sum + length, 0)
  const batched = count > MOST_WEIGHTS_BATCHED ? null : weights
  let compiled: Promise<DetectionNetwork | null> | undefined
  return disposable({
    ...{ config, classes: config.classes, notes, network },
    batchNetwork: () => {
      compiled ??=
        batched === null
          ? Promise.resolve(null)
          : compileForDetection(engine, config, batched, BATCH)
      return compiled
    },
    close: () => engine.close(),
  })
}
