/**
 * @file Softmax: background and the classes share out 1, and an anchor is as wrong as the share of its own class is small.
 * Positives and the hardest negatives count (SSD paper, section 2.2).
 *
 *     p = e^logit / Σ e^logits          error = -log p(own class or background)
 *
 * Shapes: N images, A anchors, K classes with background as class 0.
 */
import { MOST_ANCHORS } from '../../check/limits.ts'
import { exponential, gather, logSoftmax, negate, or } from '../../graph/ops.ts'
import { defineClassLoss } from './class-loss.ts'
import { logOdds } from './log-odds.ts'
import { mineHardNegatives } from './mine.ts'
import { softmaxRows } from './softmax-rows.ts'

/** Softmax over all classes and background, with hard negative mining. */
export const softmaxLoss = defineClassLoss({
  name: 'softmax',
  words: '−log p',
  options: {
    /** Hard negatives that take part per positive (the paper: 3). */
    negativesPerPositive: { type: 'number', minimum: 0, maximum: MOST_ANCHORS },
    /** At least this many negatives per image, so that an image without objects teaches too. */
    minimumNegatives: { type: 'integer', minimum: 0, maximum: MOST_ANCHORS },
  },
  hasBackground: true,
  error(options, { logits, classTargets, positive }) {
    const error = negate(gather(logSoftmax(logits, 2), classTargets)) // [N, A]
    return { error, contributing: or(positive, mineHardNegatives(error, positive, options)) }
  },
  probabilities: (logits) => exponential(logSoftmax(logits, 2)),
  probabilityRows: softmaxRows,
  logit: Math.log,
  // Background's logit alone is raised, until all objects together have the chance.
  prior(chance, columns) {
    const background = Math.log(columns - 1) - logOdds(chance)
    return Array.from({ length: columns }, (_, column) => (column === 0 ? background : 0))
  },
})
