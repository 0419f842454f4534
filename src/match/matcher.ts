/**
 * @file What a **matcher** is: one way to decide which anchors are responsible for which object. It may look at overlaps,
 * boxes and anchors; it never sees the network, and nothing is back-propagated through it.
 *
 * Shapes: M ground-truth boxes, A anchors.
 */
import type { Corners } from '../box/box.ts'
import type { OptionSchemas, OptionValues } from '../rule/options.ts'
import type { Rule } from '../rule/rule.ts'

/** What sort of rule a matcher is. */
export const MATCHER = 'matcher'

/** In `matched`: this anchor is responsible for no object. */
export const NEGATIVE = -1

/** What a matcher looks at. */
export interface MatchInputs {
  /** [M, A]: IoU of every object with every anchor, each 0..1. */
  readonly ious: Float32Array
  /** Corners [M, 4], pixels of the network's input. */
  readonly groundTruth: Corners
  /** Corners [A, 4], same unit. */
  readonly anchors: Corners
  /** The IoU from which an anchor is positive, above 0, at most 1. */
  readonly matchIouThreshold: number
}

/** One matcher. */
export interface Matcher<
  Name extends string = string,
  Options extends OptionSchemas = OptionSchemas,
> extends Rule<Name, Options> {
  readonly kind: typeof MATCHER
  /**
   * Decides.
   * @param matched [A], to be filled: the object that each anchor is responsible for, or {@link NEGATIVE}
   * @returns [M]: the anchor that each object was given whatever its overlap, -1 where none was
   */
  match(options: OptionValues<Options>, inputs: MatchInputs, matched: Int32Array): Int32Array
}

/** A matcher whose options are of no interest. */
export type AnyMatcher = Matcher<string, Record<never, never>>

/** A matcher as one record: its options' types follow from their schemas. */
export function defineMatcher<Name extends string, const Options extends OptionSchemas>(
  matcher: Omit<Matcher<Name, Options>, 'kind'>,
): Matcher<Name, Options> {
  return { ...matcher, kind: MATCHER }
}
