/**
 * @file Dividing pictures so that every class is divided as the whole is, and what belongs together stays together:
 * nearly equal pictures, frames of one film. What was learned by heart must not be what is judged.
 *
 * Groups are dealt out one after the other, those with the rarest class first, each to the split that lacks most of that
 * class. (Iterative stratification: Sechidis and others 2011, with groups in the place of single examples.)
 */
import { createRandom } from '../random/random.ts'
import { SPLIT_SHARES, type SplitShares } from './split.ts'

/** A picture to be dealt out. */
export interface DealtPicture {
  /** Unique. */
  readonly id: string
  /** Class ids of its objects, one per object. */
  readonly classIds: readonly number[]
  /** Pictures of one group go to one split. */
  readonly group: number
}

/** Marks the use of the seed. */
const DEAL_SEED = 0x6465616c // "deal"

interface Group {
  readonly ids: string[]
  readonly counts: Map<number, number>
}

/**
 * Divides pictures into `train`, `val` and `test`.
 * @param seed whole number: the same pictures and seed give the same splits
 * @returns the split of each id; a split may get nothing where there are few groups
 */
export function dealSplits(
  pictures: readonly DealtPicture[],
  seed: number,
  shares: SplitShares = SPLIT_SHARES,
): Map<string, string> {
  const groups = groupsOf(pictures)
  const totals = totalsOf(groups)
  const wanted = new Map([
    ['train', 1 - shares.test - shares.val],
    ['val', shares.val],
    ['test', shares.test],
  ])
  const held = new Map([...wanted.keys()].map((name) => [name, new Map<number, number>()]))
  const splits = new Map<string, string>()
  const order = createRandom(DEAL_SEED, seed).permutation(groups.length)
  // By chance, then the rarest class first, then the largest groups: small ones fill what is left.
  const dealt = order
    .map((i) => groups[i]!)
    .map((group) => ({ group, rarest: rarestOf(group, totals) }))
    .sort(
      (a, b) =>
        totals.get(a.rarest)! - totals.get(b.rarest)! || b.group.ids.length - a.group.ids.length,
    )
  for (const { group, rarest } of dealt) {
    const lack = (name: string, classId: number) => {
      const share = wanted.get(name)!
      return share === 0
        ? Number.NEGATIVE_INFINITY
        : share * totals.get(classId)! - (held.get(name)!.get(classId) ?? 0)
    }
    const [name] = [...wanted.keys()].toSorted(
      (a, b) => lack(b, rarest) - lack(a, rarest) || lack(b, PICTURES) - lack(a, PICTURES),
    )
    const own = held.get(name!)!
    for (const [classId, count] of group.counts) own.set(classId, (own.get(classId) ?? 0) + count)
    for (const id of group.ids) splits.set(id, name!)
  }
  return splits
}

/** Counts pictures as if each had an object of a class of its own: for those without objects. */
const PICTURES = -1

function groupsOf(pictures: readonly DealtPicture[]): Group[] {
  const groups = new Map<number, Group>()
  for (const { id, classIds, group } of pictures.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const found = groups.get(group) ?? { ids: [], counts: new Map<number, number>() }
    groups.set(group, found)
    found.ids.push(id)
    for (const classId of [PICTURES, ...classIds])
      found.counts.set(classId, (found.counts.get(classId) ?? 0) + 1)
  }
  return [...groups.values()]
}

function totalsOf(groups: readonly Group[]): Map<number, number> {
  const totals = new Map<number, number>()
  for (const { counts } of groups)
    for (const [classId, count] of counts) totals.set(classId, (totals.get(classId) ?? 0) + count)
  return totals
}

function rarestOf({ counts }: Group, totals: ReadonlyMap<number, number>): number {
  const classes = [...counts.keys()].filter((classId) => classId !== PICTURES)
  return classes.toSorted((a, b) => totals.get(a)! - totals.get(b)! || a - b)[0] ?? PICTURES
}
