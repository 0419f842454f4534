/** @file Every setting of a training run, and what it may be; their defaults are in train-defaults.ts. */
import * as z from 'zod/mini'
import { LARGEST_BATCH, LARGEST_SEED } from '../check/limits.ts'
import { OPTIMISER_NAMES, optimiserOf } from '../optimiser/optimisers.ts'

const share = z.number().check(z.minimum(0), z.maximum(1))
/** Characters; the longest name of a weight has some 70. */
const LONGEST_WEIGHT_NAME = 200

/** The settings of a run: see TRAIN_DEFAULTS for why each is as it is. */
export const trainSchema = z.strictObject({
  /** Images per step. */
  batch: z.int().check(z.minimum(1), z.maximum(LARGEST_BATCH)),
  /** Batches whose gradients make one step: a larger batch in the memory of a small one. */
  accumulate: z.int().check(z.minimum(1), z.maximum(LARGEST_BATCH)),
  /** Names every random choice of the run. */
  seed: z.int().check(z.minimum(0), z.maximum(LARGEST_SEED)),
  /** Largest step along the slope. */
  learningRate: z.number().check(z.positive(), z.maximum(1000)),
  /** Steps over which the learning rate rises to its largest value. */
  warmupSteps: z.int().check(z.minimum(0), z.maximum(1e9)),
  /** How a slope becomes a step: sgd follows slopes as they are, adamw normalises their size. */
  optimiser: z.enum(OPTIMISER_NAMES),
  /** How slowly former slopes are forgotten. */
  momentum: share,
  /** adamw: how slowly the squares of former slopes are forgotten. */
  squareMemory: share,
  weightDecay: z.number().check(z.minimum(0), z.maximum(1000)),
  clipNorm: z.number().check(z.positive(), z.maximum(1e9)),
  /** How slowly the averaged weights follow; 1 - this is the share of each step. */
  averageDecay: share,
  /**
   * What the learning rate is multiplied by in parts of the network, by the beginning of their weights' names;
   * the longest that fits counts. 0 freezes a part: its weights and its norms' statistics stay as they are.
   */
  rates: z.record(
    z.string().check(z.maxLength(LONGEST_WEIGHT_NAME)),
    z.number().check(z.minimum(0), z.maximum(1000)),
  ),
})

/** The settings of a run. */
export type TrainConfig = z.infer<typeof trainSchema>

/**
 * Settings in place of others. A change of optimiser brings the learning rate and weight decay that belong to it, if the
 * settings name none.
 */
export function withSettings(base: TrainConfig, settings: Partial<TrainConfig>): TrainConfig {
  const { optimiser = base.optimiser } = settings
  const own = optimiser === base.optimiser ? {} : optimiserOf(optimiser).defaults
  return { ...base, ...own, ...settings }
}

/** What the learning rate of a weight is multiplied by. @param name e.g. `backbone.features.0.weight` */
export function rateOf(name: string, rates: TrainConfig['rates']): number {
  const fitting = Object.keys(rates).filter((part) => name === part || name.startsWith(`${part}.`))
  const longest = fitting.toSorted((a, b) => b.length - a.length)[0]
  return longest === undefined ? 1 : rates[longest]!
}
