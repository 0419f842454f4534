/**
 * @file Folds: the pictures in as many parts as one likes, nearly equal in size, what belongs together in one. What learned
 * from all parts but one can be asked about that one, for it never saw it.
 */
import { createRandom } from '../random/random.ts'

/** How many folds there may be; more would take longer than they tell. */
export const FOLDS = { min: 2, max: 20 } as const

/** Marks the use of the seed. */
const FOLD_SEED = 0x666f6c64 // "fold"

/**
 * Deals pictures into folds: group after group, the larger ones first, each into the smallest fold.
 * @param groups for each picture the number of its group, as `groupPictures` gives it
 * @param folds how many, at least 2
 * @param seed whole number: the same groups and seed give the same folds
 * @returns for each picture its fold, 0 to folds - 1
 */
export function dealFolds(groups: readonly number[], folds: number, seed: number): number[] {
  const members = new Map<number, number[]>()
  for (const [i, group] of groups.entries()) members.set(group, [...(members.get(group) ?? []), i])
  const lists = [...members.values()]
  const shuffled = createRandom(FOLD_SEED, seed)
    .permutation(lists.length)
    .map((i) => lists[i]!)
    .toSorted((a, b) => b.length - a.length)
  const foldOf = new Array<number>(groups.length)
  const sizes = new Array<number>(folds).fill(0)
  for (const list of shuffled) {
    const smallest = sizes.indexOf(Math.min(...sizes))
    sizes[smallest]! += list.length
    for (const i of list) foldOf[i] = smallest
  }
  return foldOf
}
