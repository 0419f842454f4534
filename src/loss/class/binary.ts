/**
 * @file The binary loss: one yes-or-no question per class, all answers counting alike (Lesson 9).
 *
 *     p = 1 / (1 + e^-logit)          error = Σ over classes -log p(correct yes or no)
 */
import { defineClassLoss } from './class-loss.ts'
import { overQuestions, YES_OR_NO, yesOrNo } from './yes-or-no.ts'

/** A yes or no per class. */
export const binaryLoss = defineClassLoss({
  ...YES_OR_NO,
  name: 'binary',
  words: 'yes or no per class',
  options: {},
  error: (_, inputs) => ({ error: overQuestions(yesOrNo(inputs).error), contributing: undefined }),
})
