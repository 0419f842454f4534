/** @file Splits for labelled pictures that have none, or others: every class divided alike, what belongs together kept so. */
import type { SplitShares } from '../../dataset/split.ts'
import { dealSplits } from '../../dataset/stratify.ts'
import { groupExamples } from './group-examples.ts'
import type { LabelledDataset } from './read-labels.ts'

/** How to divide. */
export interface DivideOptions {
  /** Shares of `val` and `test`; the rest is `train`. */
  readonly shares: SplitShares
  /** The same seed gives the same splits. */
  readonly seed: number
  readonly signal?: AbortSignal | undefined
}

/**
 * The same labels with new splits. Pictures that are nearly equal, and frames of one film, go to one split.
 * @throws the signal's reason
 */
export async function divideLabels(
  source: LabelledDataset,
  { shares, seed, signal }: DivideOptions,
): Promise<LabelledDataset> {
  const { examples } = source.dataset
  const groups = await groupExamples(examples, signal)
  const dealt = examples.map(({ id, objects }, i) => ({
    id,
    classIds: objects.map(({ classId }) => classId),
    group: groups[i]!,
  }))
  return { ...source, splitOf: dealSplits(dealt, seed, shares) }
}
