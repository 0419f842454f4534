/**
 * @file Chance that can be repeated. Every random choice in the project comes from a `Random` made from
 * named numbers (the seed of the run, the epoch, the number of the image), so that the choice depends on
 * *what* it is for and not on what was drawn before it. That is what makes a resumed run equal to one
 * that was never interrupted, and lets the batches be prepared in any order.
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** A source of random numbers that always gives the same ones for the same seeds. */
export interface Random {
  /** A number in [0, 1). */
  uniform(): number
  /** A number in [low, high). */
  between(low: number, high: number): number
  /** A whole number in [0, count). */
  integer(count: number): number
  /** True with the given probability, 0..1. */
  chance(probability: number): boolean
  /** A standard normal number (mean 0, standard deviation 1), by Box and Muller's formula. */
  normal(): number
  /** One entry of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  /** The numbers 0..count-1 in random order (Fisher and Yates). */
  permutation(count: number): number[]
}

/**
 * Makes a source of random numbers.
 * @param seeds whole numbers that name the use, e.g. `createRandom(runSeed, epoch, imageIndex)`
 */
export function createRandom(...seeds: readonly number[]): Random {
  const generator = xoroshiro128plus(mixSeeds(seeds))
  const uniform = () => uniformFloat64(generator)
  const integer = (count: number) => Math.floor(uniform() * count)
  return {
    uniform,
    integer,
    between: (low, high) => low + (high - low) * uniform(),
    chance: (probability) => uniform() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    pick: (list) => list[integer(list.length)] as (typeof list)[number],
    permutation: (count) => {
      const order = Array.from({ length: count }, (_, i) => i)
      for (let i = count - 1; i > 0; i--) {
        const j = integer(i + 1)
        ;[order[i], order[j]] = [order[j]!, order[i]!]
      }
      return order
    },
  }
}

/** Folds several whole numbers into one 32-bit seed; nearby inputs give unrelated seeds (FNV-1a with murmur's final mix). */
function mixSeeds(seeds: readonly number[]): number {
  let hash = 0x811c9dc5
  for (const seed of seeds) {
    hash = Math.imul(hash ^ (seed | 0), 0x01000193)
    hash ^= hash >>> 16
    hash = Math.imul(hash, 0x85ebca6b)
    hash ^= hash >>> 13
    hash = Math.imul(hash, 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash | 0
}
