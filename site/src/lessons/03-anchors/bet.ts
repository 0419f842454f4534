/**
 * @file A bet on the sizes to come: nine boxes, and the share of many scenes' objects that one of them fits. Places are left
 * out, as if every object had an anchor exactly at its centre:
 *
 *     IoU = min(w, w') · min(h, h') / (w · h + w' · h' - min(w, w') · min(h, h'))
 */
import type { Size } from 'singleshot/core'

/** Boxes that a learner may place. */
export const BETS = 9

/** An object counts as covered from this IoU on, as in lesson 4. */
const ENOUGH = 0.5

/** Rounds of clustering: far more than it takes to settle. */
const ROUNDS = 30

/** IoU of two boxes with the same centre. */
export function sizeIou(a: Size, b: Size): number {
  const shared = Math.min(a.width, b.width) * Math.min(a.height, b.height)
  return shared / (a.width * a.height + b.width * b.height - shared)
}

/** Whether one of the boxes fits an object. */
export function isCovered(object: Size, bets: readonly Size[]): boolean {
  return bets.some((bet) => sizeIou(object, bet) >= ENOUGH)
}

/** The share of objects that some box fits, 0..1; 0 without objects. */
export function coveredShare(objects: readonly Size[], bets: readonly Size[]): number {
  if (objects.length === 0) return 0
  return objects.filter((object) => isCovered(object, bets)).length / objects.length
}

/** Nine boxes at the middles of nine groups of sizes, by k-means under IoU; it begins with every ninth size in order. */
export function clusteredBets(objects: readonly Size[]): Size[] {
  if (objects.length < BETS) return [...objects]
  const byArea = objects.toSorted((a, b) => a.width * a.height - b.width * b.height)
  let centres = Array.from(
    { length: BETS },
    (_, i) => byArea[Math.floor(((i + 0.5) * byArea.length) / BETS)]!,
  )
  for (let round = 0; round < ROUNDS; round++) {
    const groups: Size[][] = centres.map(() => [])
    for (const object of objects) {
      const ious = centres.map((centre) => sizeIou(object, centre))
      groups[ious.indexOf(Math.max(...ious))]!.push(object)
    }
    centres = groups.map((group, i) => (group.length === 0 ? centres[i]! : meanSize(group)))
  }
  return centres
}

function meanSize(group: readonly Size[]): Size {
  const mean = (read: (size: Size) => number) =>
    group.reduce((sum, size) => sum + read(size), 0) / group.length
  return { width: mean(({ width }) => width), height: mean(({ height }) => height) }
}
