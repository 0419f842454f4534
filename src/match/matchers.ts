/** @file Every matcher of this package, and the options of matching. A new one is a file of its own and one line here. */
import * as z from 'zod/mini'
import { nameSchema } from '../rule/choice-schema.ts'
import { type Choice, type Rule, ruleOf } from '../rule/rule.ts'
import { bipartiteMatcher } from './bipartite.ts'
import type { AnyMatcher } from './matcher.ts'
import { overwritingMatcher } from './overwriting.ts'

/** All matchers. */
export const MATCHERS = [bipartiteMatcher, overwritingMatcher] as const

/** Which matcher, by name. */
export type MatcherName = (typeof MATCHERS)[number]['name']

/** How objects find their anchors. */
export interface MatchConfig {
  /** An anchor with at least this IoU is responsible for the object, above 0, at most 1. */
  readonly matchIouThreshold: number
  /** 'bipartite': no object ever loses its anchor (Caffe); 'overwriting': torchvision's way. */
  readonly matcher: MatcherName
}

/** The SSD paper's (section 2.2). */
export const MATCH_DEFAULTS: MatchConfig = { matchIouThreshold: 0.5, matcher: 'bipartite' }

/** How objects find their anchors. @param rules from outside that may be chosen too */
export function matchSchemaWith(rules: readonly Rule[] = []) {
  return z.strictObject({
    matchIouThreshold: z.number().check(z.positive(), z.maximum(1)),
    matcher: nameSchema<MatcherName>(MATCHERS, rules),
  })
}

/** The matcher that a description chose. @throws SingleshotError E_RULE when it is not ours and was not handed over */
export function matcherOf(choice: Choice): AnyMatcher {
  return ruleOf<AnyMatcher>(MATCHERS, choice)
}
