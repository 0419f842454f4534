/**
 * @file The class loss of one picture under three rules: everybody takes part, mining, focal. The same numbers as the
 * library's graph (src/loss/); test/site/mining.test.ts compares them.
 */
import type { AnchorTrace } from 'singleshot/core'

/** An anchor's class: what it answers for, its error, and the probabilities it gave. */
export interface Judged {
  readonly positive: boolean
  /** -log of the probability of the right answer. */
  readonly error: number
  /** [K]: background first. */
  readonly probabilities: readonly number[]
  /** 0 background, else class id + 1. */
  readonly target: number
}

/** Who makes the class loss. */
export interface Weighed {
  /** Already divided: what enters the loss. */
  readonly positives: number
  readonly negatives: number
  /** Negatives that take part. */
  readonly contributing: number
  /** The negatives' part of the class loss, 0..1; 0 where there is no loss. */
  readonly share: number
}

/** How many hard negatives take part. */
export interface MiningRule {
  readonly negativesPerPositive: number
  readonly minimumNegatives: number
}

/** How much less an easy answer counts. */
export interface FocalRule {
  readonly alpha: number
  readonly gamma: number
}

/** Probabilities this near to 0 or 1 are taken as so near, so that a logarithm stays finite. */
const LEAST = 1e-7

/** What mining needs to know of the anchors of a trace with ground truth; the errors are the engine's own. */
export function judge(anchors: readonly AnchorTrace[]): Judged[] {
  return anchors.map(({ target, loss, predicted: { probabilities } }) => ({
    positive: target.class > 0,
    error: loss?.classError ?? 0,
    probabilities,
    target: target.class,
  }))
}

/** Errors, the largest first. */
export function sortedErrors(judged: readonly Judged[], positive: boolean): number[] {
  return judged
    .filter((one) => one.positive === positive)
    .map(({ error }) => error)
    .toSorted((a, b) => b - a)
}

/** How many negatives the rule lets speak, of those that there are. */
export function minedCount(positives: number, negatives: number, rule: MiningRule): number {
  const wanted = Math.max(positives * rule.negativesPerPositive, rule.minimumNegatives)
  return Math.min(negatives, Math.ceil(wanted))
}

/** Everybody takes part. */
export function weighAll(judged: readonly Judged[]): Weighed {
  return weighMined(judged, { negativesPerPositive: 0, minimumNegatives: judged.length })
}

/** Only the hardest negatives take part. */
export function weighMined(judged: readonly Judged[], rule: MiningRule): Weighed {
  const positives = sortedErrors(judged, true)
  const negatives = sortedErrors(judged, false)
  const mined = negatives.slice(0, minedCount(positives.length, negatives.length, rule))
  return weighed(sum(positives), sum(mined), {
    positives: positives.length,
    contributing: mined.length,
  })
}

/** All take part, and what is easy hardly counts. Each class is asked yes or no; background is not asked. */
export function weighFocal(judged: readonly Judged[], rule: FocalRule): Weighed {
  const errorsOf = (positive: boolean) =>
    judged.filter((one) => one.positive === positive).map((one) => focalError(one, rule))
  const positives = errorsOf(true)
  const negatives = errorsOf(false)
  const counts = { positives: positives.length, contributing: negatives.length }
  return weighed(sum(positives), sum(negatives), counts)
}

/** Σ over the classes of side · (1 - p)^gamma · -log p, with p the probability of the right yes or no. */
export function focalError({ probabilities, target }: Judged, { alpha, gamma }: FocalRule): number {
  return probabilities.slice(1).reduce((total, chance, i) => {
    const yes = i + 1 === target
    const right = Math.min(1 - LEAST, Math.max(LEAST, yes ? chance : 1 - chance))
    return total + (yes ? alpha : 1 - alpha) * focalWeight(right, gamma) * -Math.log(right)
  }, 0)
}

/** What is left of an answer that had the right probability p: (1 - p)^gamma. */
export function focalWeight(p: number, gamma: number): number {
  return (1 - p) ** gamma
}

function weighed(
  positives: number,
  negatives: number,
  counts: { positives: number; contributing: number },
): Weighed {
  const divisor = Math.max(1, counts.positives)
  const together = positives + negatives
  return {
    positives: positives / divisor,
    negatives: negatives / divisor,
    contributing: counts.contributing,
    share: together > 0 ? negatives / together : 0,
  }
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
