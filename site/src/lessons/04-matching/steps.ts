/**
 * @file How many anchors are positive at every threshold. The number does not slide, it jumps, each time the threshold
 * passes the best IoU of one more anchor; between two jumps nothing changes at all.
 */
import type { Matching } from './matching.ts'

/** Everything that is needed to count at any threshold. */
export interface Steps {
  /** Positive at every threshold, because some object needs them. */
  readonly forced: number
  /** Best IoU of every other anchor that touches an object, from small to large: here the number jumps. */
  readonly jumps: Float32Array
}

/** Where the number of positives of a matching jumps; its own threshold does not matter. */
export function stepsOf({ ious, forced, anchorCount, objectCount }: Matching): Steps {
  const best = new Float32Array(anchorCount)
  for (let m = 0; m < objectCount; m++)
    for (let a = 0; a < anchorCount; a++) best[a] = Math.max(best[a]!, ious[m * anchorCount + a]!)
  const given = new Set(forced.filter((anchor) => anchor >= 0))
  for (const anchor of given) best[anchor] = 0
  return { forced: given.size, jumps: best.filter((iou) => iou > 0).toSorted() }
}

/** How many anchors are positive at a threshold. */
export function positivesAt({ forced, jumps }: Steps, threshold: number): number {
  return forced + jumps.length - firstFrom(jumps, Math.fround(threshold))
}

/** The jumps next to a threshold, below and above it; null where there is none. */
export function jumpsAround({ jumps }: Steps, threshold: number) {
  const at = firstFrom(jumps, Math.fround(threshold))
  return { below: jumps[at - 1] ?? null, above: jumps[at] ?? null }
}

/** The slope on a stair, measured between two thresholds nearer than any jump. */
export function slopeAt(steps: Steps, threshold: number): number {
  const { below, above } = jumpsAround(steps, threshold)
  const half = Math.min(threshold - (below ?? 0), (above ?? 2) - threshold) / 2
  const [from, to] = [threshold - half, threshold + half]
  return half > 0 ? (positivesAt(steps, to) - positivesAt(steps, from)) / (to - from) : Number.NaN
}

/** The staircase as the corners of a line. @param pace thresholds are looked at in steps of this */
export function staircase(steps: Steps, low: number, pace = 0.002): [number, number][] {
  let before = positivesAt(steps, low)
  const corners: [number, number][] = [[low, before]]
  for (let k = 1; low + k * pace <= 1; k++) {
    const threshold = low + k * pace
    const now = positivesAt(steps, threshold)
    if (now !== before) corners.push([threshold, before], [threshold, now])
    before = now
  }
  return [...corners, [1, before]]
}

/** The first place in a sorted list whose value is not below a level. */
function firstFrom(sorted: Float32Array, level: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < level) low = middle + 1
    else high = middle
  }
  return low
}
