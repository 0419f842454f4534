/**
 * @file The focal loss: one yes-or-no question per class, where easy answers are down-weighted, so that thousands of
 * anchors which see plain background do not drown the few that see an object (Lin et al. 2017, equation 5).
 *
 *     error = Σ over classes  alpha · (1 - p)^gamma · -log p          p: probability of the correct answer
 *
 * Shapes: N images, A anchors, K classes with background as class 0.
 */
import {
  add,
  exponential,
  logarithm,
  maximum,
  multiply,
  negate,
  subtract,
} from '../../graph/ops.ts'
import { constant, type Tensor } from '../../graph/tensor.ts'
import { defineClassLoss } from './class-loss.ts'
import { overQuestions, YES_OR_NO, type YesOrNo, yesOrNo } from './yes-or-no.ts'

/** Keeps the logarithm of "1 - p" finite where an answer is perfect. */
const SMALLEST_DOUBT = 1e-12

/** A yes or no per class, easy answers counting less. */
export const focalLoss = defineClassLoss({
  ...YES_OR_NO,
  name: 'focal',
  words: 'yes or no per class, easy answers down-weighted',
  options: {
    /** Weight of "yes"; 1 - alpha is that of "no". */
    alpha: { type: 'number', minimum: 0, maximum: 1 },
    /** How much less an easy answer counts; 0 is no less. */
    gamma: { type: 'number', minimum: 0, maximum: 100 },
  },
  error(options, inputs) {
    const answers = yesOrNo(inputs)
    const weighted = multiply(focus(answers, options), answers.error)
    return { error: overQuestions(weighted), contributing: undefined }
  },
})

/** alpha · (1 - p)^gamma, with p = exp(-error). */
function focus(
  { error, yes }: YesOrNo,
  { alpha, gamma }: { readonly alpha: number; readonly gamma: number },
): Tensor {
  const side = add(multiply(yes, constant(2 * alpha - 1)), constant(1 - alpha))
  if (gamma === 0) return side
  const doubt = maximum(subtract(constant(1), exponential(negate(error))), constant(SMALLEST_DOUBT))
  const eased = gamma === 1 ? doubt : exponential(multiply(logarithm(doubt), constant(gamma)))
  return multiply(side, eased)
}
