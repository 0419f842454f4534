/** @file Every class loss of this package. A new one is a file of its own and one line here. */
import { where } from '../../graph/ops.ts'
import { constant, type Tensor } from '../../graph/tensor.ts'
import { type Choice, type ChoiceOf, ruleOf } from '../../rule/rule.ts'
import { binaryLoss } from './binary.ts'
import type { AnyClassLoss, ClassError, ClassLossInputs } from './class-loss.ts'
import { focalLoss } from './focal.ts'
import { softmaxLoss } from './softmax.ts'

/** All class losses. */
export const CLASS_LOSSES = [softmaxLoss, binaryLoss, focalLoss] as const

/** Which class loss, with its options. */
export type ClassLossChoice = ChoiceOf<(typeof CLASS_LOSSES)[number]>

/**
 * The class loss that a description chose.
 * @throws SingleshotError E_RULE when it is not ours and was not handed over
 */
export function classLossOf(choice: Choice): AnyClassLoss {
  return ruleOf<AnyClassLoss>(CLASS_LOSSES, choice)
}

/** How wrong each anchor's class is, and whether that counts. @throws SingleshotError E_RULE */
export function classError(choice: ClassLossChoice, inputs: ClassLossInputs): ClassError {
  return classLossOf(choice).error(choice, inputs)
}

/** The class error that counts, [N, A]: 0 where an anchor takes no part. */
export function countedError({ error, contributing }: ClassError): Tensor {
  return contributing === undefined ? error : where(contributing, error, constant(0))
}
