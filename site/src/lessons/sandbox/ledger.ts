/** @file The loss of a situation, added up in the ways in which a person asks. */
import type { LossNumbers } from 'singleshot/core'
import type { Situation } from './situation.ts'

/** An anchor that overlaps no object by as much has nothing to do with one. */
const TOUCH = 0.1

/** Who takes part, and what it costs. */
export interface Ledger {
  readonly positives: number
  /** Objects that no anchor answers for. */
  readonly forgotten: readonly number[]
  /** Positives that stand where no object is. */
  readonly onNothing: number
  /** Negatives that take part. */
  readonly negatives: number
  readonly loss: number
  readonly classLoss: number
  readonly offsetLoss: number
  /** Background's part of the class loss, 0..1. */
  readonly backgroundShare: number
}

/**
 * Adds it up.
 * @param told what the anchors are told @param truth the situation without a bug: where the objects really are
 */
export function ledgerOf(told: Situation, numbers: LossNumbers, truth: Situation): Ledger {
  const { matched, classTargets, positives } = told.targets
  let negatives = 0
  let background = 0
  let onNothing = 0
  for (let a = 0; a < matched.length; a++) {
    if (classTargets[a] === 0) {
      negatives += numbers.contributing[a]!
      background += numbers.classShare[a]!
    } else if (bestIou(truth, a) < TOUCH) onNothing += 1
  }
  const { loss, classLoss, offsetLoss } = numbers
  return {
    positives,
    forgotten: [...told.objects.keys()].filter((m) => !matched.includes(m)),
    onNothing,
    negatives,
    loss,
    classLoss,
    offsetLoss,
    backgroundShare: classLoss > 0 ? background / classLoss : 0,
  }
}

/** The most that an anchor overlaps any object. */
export function bestIou({ match, anchors, objects }: Situation, anchor: number): number {
  let best = 0
  for (let m = 0; m < objects.length; m++)
    best = Math.max(best, match.ious[m * anchors.count + anchor]!)
  return best
}
