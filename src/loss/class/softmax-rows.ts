/**
 * @file Softmax: turns an anchor's logits, any numbers, into probabilities that add up to 1.
 *
 *     p[k] = exp(z[k] - max z) / sum over j of exp(z[j] - max z)
 *
 * Taking the largest logit away changes nothing in the quotient and keeps exp from overflowing.
 *
 * Shapes: A anchors, K classes with background.
 */
import { SingleshotError } from '../../error/singleshot-error.ts'

/**
 * Softmax of each row.
 * @param logits [A, K]
 * @param columns K, >= 1
 * @returns probabilities [A, K], each 0..1
 * @throws E_SHAPE when the length is no multiple of K
 */
export function softmaxRows(logits: Float32Array, columns: number): Float32Array {
  if (!(columns >= 1) || logits.length % columns !== 0) {
    const rule = `expected rows of ${columns} logits`
    throw new SingleshotError('E_SHAPE', { where: 'softmaxRows', rule, got: logits.length })
  }
  const probabilities = new Float32Array(logits.length)
  for (let start = 0; start < logits.length; start += columns) {
    const end = start + columns
    let largest = logits[start]!
    for (let at = start + 1; at < end; at++) largest = Math.max(largest, logits[at]!)
    let sum = 0
    for (let at = start; at < end; at++) {
      const power = Math.exp(logits[at]! - largest)
      probabilities[at] = power
      sum += power
    }
    for (let at = start; at < end; at++) probabilities[at]! /= sum
  }
  return probabilities
}
