/**
 * @file What SSD's matchers share: two rules, of which the second wins.
 *
 * 1. Every anchor whose best IoU with an object reaches the threshold is responsible for that object.
 * 2. Every object gets an anchor, however badly the anchors fit it.
 *
 * Shapes: M ground-truth boxes, A anchors.
 */
import { type MatchInputs, NEGATIVE } from './matcher.ts'

/**
 * Both rules.
 * @param forced [M]: the anchor that rule 2 gives to each object, -1 for none; of two objects the later one has it
 * @returns `forced`
 */
export function matchByTwoRules(
  { ious, matchIouThreshold }: MatchInputs,
  forced: Int32Array,
  matched: Int32Array,
): Int32Array {
  matchByThreshold(matched, ious, matchIouThreshold)
  for (let m = 0; m < forced.length; m++) if (forced[m]! >= 0) matched[forced[m]!] = m
  return forced
}

/** Rule 1: each anchor takes the object it overlaps most, if it overlaps it enough. Ties go to the lower object. */
export function matchByThreshold(matched: Int32Array, ious: Float32Array, threshold: number): void {
  const anchorCount = matched.length
  const best = new Float32Array(anchorCount)
  matched.fill(NEGATIVE)
  for (let m = 0, start = 0; start < ious.length; m++, start += anchorCount)
    for (let a = 0; a < anchorCount; a++) {
      const iou = ious[start + a]!
      if (iou > best[a]!) {
        best[a] = iou
        matched[a] = m
      }
    }
  // The IoUs are 32-bit: an IoU of exactly .7 is stored a little below the 64-bit .7.
  const level = Math.fround(threshold)
  for (let a = 0; a < anchorCount; a++) if (best[a]! < level) matched[a] = NEGATIVE
}
