/** @file The order of the examples: one endless row, epoch after epoch, each shuffled in its own way. */
import { createRandom } from '../random/random.ts'

/** Random numbers for orders must not repeat those for pictures (batches.ts). */
const ORDER_SEED = 1

/**
 * The endless row of a list that is not empty.
 * @param seed of the run
 * @returns what stands at a place, counted from 0; quick for places of the same epoch asked one after another
 */
export function createRow<T>(list: readonly T[], seed: number): (place: number) => T {
  let epoch = -1
  let order: readonly number[] = []
  return (place) => {
    const wanted = Math.floor(place / list.length)
    if (wanted !== epoch) order = createRandom(seed, ORDER_SEED, wanted).permutation(list.length)
    epoch = wanted
    return list[order[place % list.length]!]!
  }
}
