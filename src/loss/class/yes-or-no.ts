/**
 * @file What losses share that ask one question per class, "is it a ...?". The background column is left out: "no" to
 * every class means background. Every anchor takes part.
 *
 * Shapes: N images, A anchors, K classes with background as class 0.
 */
import {
  absolute,
  add,
  cast,
  exponential,
  logarithm,
  maximum,
  multiply,
  negate,
  oneHot,
  reshape,
  sigmoid,
  slice,
  subtract,
  sum,
} from '../../graph/ops.ts'
import { constant, type Tensor } from '../../graph/tensor.ts'
import type { ClassLoss, ClassLossInputs } from './class-loss.ts'
import { logOdds, sigmoids } from './log-odds.ts'

/** The answers to every question. */
export interface YesOrNo {
  /** [N, A, K - 1]: -log of the probability that the correct answer got. */
  readonly error: Tensor
  /** [N, A, K - 1]: 1 where the correct answer is yes, else 0. */
  readonly yes: Tensor
}

/** How wrong each answer is. */
export function yesOrNo({ logits, classTargets }: ClassLossInputs): YesOrNo {
  const classes = logits.shape[2]!
  const objects = [{ axis: 2, start: 1, end: classes }]
  const x = slice(logits, objects)
  const yes = slice(cast(oneHot(classTargets, classes), 'float32'), objects)
  // -log sigmoid(x) for yes and -log(1 - sigmoid(x)) for no, written so that no exponential overflows.
  const softened = logarithm(add(exponential(negate(absolute(x))), constant(1)))
  return { error: add(subtract(maximum(x, constant(0)), multiply(x, yes)), softened), yes }
}

/** The sum over the questions: [N, A, K - 1] to [N, A]. */
export function overQuestions(errors: Tensor): Tensor {
  return reshape(sum(errors, [2]), errors.shape.slice(0, 2))
}

/** How such logits are read. */
export const YES_OR_NO: Pick<
  ClassLoss,
  'hasBackground' | 'probabilities' | 'probabilityRows' | 'logit' | 'prior'
> = {
  hasBackground: false,
  probabilities: sigmoid,
  probabilityRows: sigmoids,
  logit: logOdds,
  prior: (chance, columns) => Array(columns).fill(logOdds(chance / (columns - 1))),
}
