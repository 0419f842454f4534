/** @file Every optimiser of this package. A new one is a file of its own and one line here. */
import { type Choice, ruleOf } from '../rule/rule.ts'
import { adamw } from './adamw.ts'
import type { Optimiser } from './optimiser.ts'
import { sgd } from './sgd.ts'

/** All optimisers. */
export const OPTIMISERS = [sgd, adamw] as const

/** The name of an optimiser. */
export type OptimiserName = (typeof OPTIMISERS)[number]['name']

/** What a run takes unless told: the SSD paper's. */
export const DEFAULT_OPTIMISER = sgd

/** All names. */
export const OPTIMISER_NAMES: readonly OptimiserName[] = OPTIMISERS.map(({ name }) => name)

/** The optimiser that a run chose. @throws SingleshotError E_RULE when there is none of that name */
export function optimiserOf(choice: Choice): Optimiser {
  return ruleOf<Optimiser>(OPTIMISERS, choice)
}
