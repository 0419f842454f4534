/**
 * @file Hard negative mining: nearly every anchor sees background, and most of them are easy. If all took
 * part in the loss they would drown the few that see an object. So each image lets only its hardest
 * negatives take part: those whose class loss is largest, three per positive (SSD paper, section 2.2).
 *
 * An image without objects would let none take part and teach nothing; `minimumNegatives` is its floor.
 *
 * Choosing has no gradient: it decides who takes part, not by how much.
 *
 * Shapes: N images, A anchors.
 */
import {
  and,
  cast,
  greater,
  less,
  maximum,
  multiply,
  rank,
  stopGradient,
  sum,
  where,
} from '../../graph/ops.ts'
import { constant, type Tensor } from '../../graph/tensor.ts'

/** Ranks positives behind every negative: a class loss is never below 0. */
const BEHIND_ALL = -1

/** How many negatives take part. */
export interface MiningOptions {
  /** Per positive, >= 0. */
  readonly negativesPerPositive: number
  /** Per image at least, >= 0. */
  readonly minimumNegatives: number
}

/**
 * Which negatives take part.
 * @param classLoss [N, A], every anchor's loss
 * @param positive bool [N, A], anchors that are responsible for an object
 * @returns bool [N, A]
 */
export function mineHardNegatives(
  classLoss: Tensor,
  positive: Tensor,
  { negativesPerPositive, minimumNegatives }: MiningOptions,
): Tensor {
  const hardness = where(positive, constant(BEHIND_ALL), stopGradient(classLoss))
  const place = cast(rank(hardness), 'float32')
  const positives = sum(cast(positive, 'float32'), [1]) // [N, 1]
  const wanted = maximum(
    multiply(positives, constant(negativesPerPositive)),
    constant(minimumNegatives),
  )
  return and(less(place, wanted), greater(hardness, constant(BEHIND_ALL)))
}
