/**
 * @file The defaults of every setting of a training run, and the reason. Apart from the schema, so that help can show
 * them without loading it.
 */
import { DEFAULT_OPTIMISER } from '../optimiser/optimisers.ts'
import type { TrainConfig } from './train.ts'

/** The defaults; how they were found is in docs/log.md. */
export const TRAIN_DEFAULTS: TrainConfig = {
  batch: 8,
  accumulate: 1,
  seed: 1,
  optimiser: DEFAULT_OPTIMISER.name,
  ...DEFAULT_OPTIMISER.defaults,
  warmupSteps: 100,
  // The SSD paper's (section 3).
  momentum: 0.9,
  // Kingma and Ba 2015, algorithm 1.
  squareMemory: 0.999,
  // Ordinary gradients measure 1 to 5 here; ten times that only happens when something has gone wrong.
  clipNorm: 20,
  averageDecay: 0.998,
  rates: {},
}
