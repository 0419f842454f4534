/** @file Every offset loss of this package. A new one is a file of its own and one line here. */
import type { Tensor } from '../../graph/tensor.ts'
import { type Choice, type ChoiceOf, ruleOf } from '../../rule/rule.ts'
import { giouLoss } from './giou.ts'
import { l1Loss } from './l1.ts'
import type { AnyOffsetLoss, OffsetLossInputs } from './offset-loss.ts'
import { smoothL1Loss } from './smooth-l1.ts'

/** All offset losses. */
export const OFFSET_LOSSES = [smoothL1Loss, l1Loss, giouLoss] as const

/** Which offset loss, with its options. */
export type OffsetLossChoice = ChoiceOf<(typeof OFFSET_LOSSES)[number]>

/**
 * The offset loss that a description chose.
 * @throws SingleshotError E_RULE when it is not ours and was not handed over
 */
export function offsetLossOf(choice: Choice): AnyOffsetLoss {
  return ruleOf<AnyOffsetLoss>(OFFSET_LOSSES, choice)
}

/** The error of the offsets, [N, A]; read only where an anchor is positive. @throws SingleshotError E_RULE */
export function offsetError(choice: OffsetLossChoice, inputs: OffsetLossInputs): Tensor {
  return offsetLossOf(choice).error(choice, inputs)
}
