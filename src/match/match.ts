/**
 * @file Which anchor answers for which object. An anchor is positive when it must find an object, and
 * negative when it must say "background". Two rules together:
 *
 * 1. every anchor whose best IoU with an object reaches matchIouThreshold answers for that object;
 * 2. every object gets an anchor, however badly the anchors fit it; this rule wins over the first.
 *
 * How rule 2 is kept is where the reference codes disagree:
 *
 * - `bipartite` (Caffe, the paper's code; our default): pairs are made best first and no anchor is given
 *   twice, so no object loses its anchor. See bipartite.ts.
 * - `overwriting` (torchvision's SSDMatcher, most ports): each object forces its best anchor; when two
 *   objects have the same best anchor the later one takes it, and the earlier may be left with none.
 *
 * Shapes: M ground-truth boxes, A anchors.
 */
import type { Corners } from '../box/box.ts'
import { iouMatrix } from '../box/iou.ts'
import { checkOptions } from '../check/check-options.ts'
import { type MatchConfig, matchSchema } from '../config/model.ts'
import { SSD_PAPER } from '../config/ssd300.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { pairObjects } from './bipartite.ts'

/** In `matched`: this anchor answers for no object. */
export const NEGATIVE = -1

/** How rule 2, an anchor for every object, is kept. */
export type Matcher = 'bipartite' | 'overwriting'

/** How anchors are matched. */
export interface MatchOptions {
  /** IoU from which an anchor is positive, above 0, at most 1. The paper's .5 is the default. */
  readonly matchIouThreshold?: number
  /** Default `bipartite`. */
  readonly matcher?: Matcher
}

/**
 * Matches the anchors to the objects of one image.
 * @param groundTruth corners [M, 4]; M may be 0, then every anchor is negative
 * @param anchors corners [A, 4], same unit
 * @param options threshold and matcher
 * @param matched [A], written to when given (a slice of a batch); else a new array is made
 * @returns [A]: the index of the object each anchor answers for, or -1. Equal IoUs go to the lower object.
 * @throws E_CONFIG when the threshold is out of range or the matcher unknown; E_SHAPE when an array does not fit
 */
export function matchAnchors(
  groundTruth: Corners,
  anchors: Corners,
  options: MatchOptions = {},
  matched: Int32Array = new Int32Array(anchors.length / 4),
): Int32Array {
  return matchObjects(groundTruth, anchors, options, matched).matched
}

/** A matching with what led to it. */
export interface Match {
  /** [M, A]: IoU of every object with every anchor, each 0..1. */
  readonly ious: Float32Array
  /** [A]: as {@link matchAnchors} gives it. */
  readonly matched: Int32Array
  /**
   * [M]: the anchor that rule 2 gave to each object, -1 where none was left. With the `overwriting` matcher two
   * objects may name the same anchor: then the later one has it.
   */
  readonly forced: Int32Array
}

/** Matches as {@link matchAnchors} does, and tells why: for whoever explains a matching. */
export function matchObjects(
  groundTruth: Corners,
  anchors: Corners,
  options: MatchOptions = {},
  matched: Int32Array = new Int32Array(anchors.length / 4),
): Match {
  const { matchIouThreshold, matcher } = checkedOptions(options)
  checkLength(matched, anchors)
  const ious = iouMatrix(groundTruth, anchors)
  matchByThreshold(matched, ious, matchIouThreshold)
  const forced =
    matcher === 'bipartite'
      ? pairObjects(ious, groundTruth, anchors)
      : bestAnchors(ious, groundTruth.length / 4, matched.length)
  for (let m = 0; m < forced.length; m++) if (forced[m]! >= 0) matched[forced[m]!] = m
  return { ious, matched, forced }
}

/** Rule 1: each anchor takes the object it overlaps most, if it overlaps it enough. */
function matchByThreshold(matched: Int32Array, ious: Float32Array, threshold: number): void {
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

/** Rule 2 as torchvision's SSDMatcher keeps it: an object that overlaps nothing forces anchor 0. */
function bestAnchors(ious: Float32Array, objectCount: number, anchorCount: number): Int32Array {
  return Int32Array.from({ length: anchorCount === 0 ? 0 : objectCount }, (_, m) => {
    const start = m * anchorCount
    let best = 0
    for (let a = 1; a < anchorCount; a++) if (ious[start + a]! > ious[start + best]!) best = a
    return best
  })
}

const optionsSchema = matchSchema.partial()

/** The options, checked; where one is missing the paper's. Others, such as a box coder, are for others. */
function checkedOptions({ matchIouThreshold, matcher }: MatchOptions): MatchConfig {
  const given = { matchIouThreshold, matcher }
  return { ...SSD_PAPER.match, ...checkOptions(optionsSchema, given, 'matchAnchors') }
}

function checkLength(matched: Int32Array, anchors: Corners): void {
  if (matched.length * 4 === anchors.length) return
  const rule = `expected one place in matched for each of ${anchors.length / 4} anchors`
  throw new SingleshotError('E_SHAPE', { where: 'matchAnchors', rule, got: matched.length })
}
