/**
 * @file Dividing a dataset by chance, but always the same way: what is trained on, what decides when to
 * stop, and what is judged on must never mix.
 */
import { createRandom } from '../random/random.ts'

/** Shares of the whole, 0..1, for {@link drawSplits}; the rest is `train`. */
export interface SplitShares {
  /** Never trained on, never used to choose anything. */
  readonly test: number
  /** Not trained on; chooses the best checkpoint. */
  readonly val: number
}

/** 70 % train, 10 % val, 20 % test: with a hundred pictures, twenty are the fewest that judge anything. */
export const SPLIT_SHARES: SplitShares = { test: 0.2, val: 0.1 }

/** The split that finished models are measured on. */
export const TEST_SPLIT = 'test'

/** Of splits that are drawn because the data names none. */
export const SPLITS_DEFAULTS = { seed: 0 } as const

/** Marks the use of the seed, so that splitting and, say, augmenting with one seed are unrelated. */
const SPLIT_SEED = 0x73706c74 // "splt"

/**
 * Divides ids into `train`, `val`, `trainval` (both together) and `test`.
 * @param ids unique; the order they come in does not matter
 * @param seed whole number: the same ids and seed give the same splits
 * @returns ids by split, each sorted; a split may be empty if there are few ids, `train` is filled first
 */
export function drawSplits(
  ids: readonly string[],
  seed: number,
  shares: SplitShares = SPLIT_SHARES,
): Map<string, string[]> {
  const sorted = [...ids].sort()
  const shuffled = createRandom(SPLIT_SEED, seed)
    .permutation(sorted.length)
    .map((i) => sorted[i]!)
  const test = Math.floor(sorted.length * shares.test)
  const val = test + Math.floor(sorted.length * shares.val)
  return new Map([
    ['train', shuffled.slice(val).sort()],
    ['val', shuffled.slice(test, val).sort()],
    ['trainval', shuffled.slice(test).sort()],
    [TEST_SPLIT, shuffled.slice(0, test).sort()],
  ])
}
