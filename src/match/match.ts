/**
 * @file Which anchor is responsible for which object. A positive anchor must find an object; a negative one must say
 * "background". How that is decided is the matcher's affair (bipartite.ts, overwriting.ts): overlap only assigns, and
 * nothing is back-propagated through it.
 *
 * Where the reference codes disagree is what happens to objects that want the same anchor:
 *
 * - `bipartite` (Caffe, the paper's code; our default): pairs are made best first and no anchor is given
 *   twice, so no object loses its anchor.
 * - `overwriting` (torchvision's SSDMatcher, most ports): each object forces its best anchor; when two
 *   objects have the same best anchor the later one takes it, and the earlier may be left with none.
 *
 * Shapes: M ground-truth boxes, A anchors.
 */
import * as z from 'zod/mini'
import type { Corners } from '../box/box.ts'
import { iouMatrix } from '../box/iou.ts'
import { checkOptions } from '../check/check-options.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Choice } from '../rule/rule.ts'
import { MATCH_DEFAULTS, type MatcherName, matcherOf, matchSchemaWith } from './matchers.ts'

/** How anchors are matched. */
export interface MatchOptions {
  /** IoU from which an anchor is positive, above 0, at most 1. Default as in {@link MATCH_DEFAULTS}. */
  readonly matchIouThreshold?: number
  /** Default as in {@link MATCH_DEFAULTS}. */
  readonly matcher?: MatcherName
}

/**
 * Matches the anchors to the objects of one image.
 * @param groundTruth corners [M, 4]; M may be 0, then every anchor is negative
 * @param anchors corners [A, 4], same unit
 * @param options threshold and matcher
 * @param matched [A], written to when given (a slice of a batch); else a new array is made
 * @returns [A]: the index of the object each anchor is responsible for, or -1. Equal IoUs go to the lower object.
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
  const inputs = { ious, groundTruth, anchors, matchIouThreshold }
  const forced = matcherOf(matcher).match(matcher, inputs, matched)
  return { ious, matched, forced }
}

const optionsSchema = z.partial(matchSchemaWith())

/** The options, checked; where one is missing the default. Others, such as a box coder, are for others. */
function checkedOptions({ matchIouThreshold, matcher }: MatchOptions) {
  // A matcher from outside was checked with the description that it was bound to.
  const bound = typeof matcher === 'object' ? (matcher as Choice) : undefined
  const given = { matchIouThreshold, ...(bound === undefined && { matcher }) }
  const checked = { ...MATCH_DEFAULTS, ...checkOptions(optionsSchema, given, 'matchAnchors') }
  return bound === undefined ? checked : { ...checked, matcher: bound }
}

function checkLength(matched: Int32Array, anchors: Corners): void {
  if (matched.length * 4 === anchors.length) return
  const rule = `expected one place in matched for each of ${anchors.length / 4} anchors`
  throw new SingleshotError('E_SHAPE', { where: 'matchAnchors', rule, got: matched.length })
}
