/**
 * @file How wrong each anchor's class is, one number an anchor, and which anchors' errors count.
 *
 *     softmax   -log p(right class or background)    positives and the hardest negatives
 *     binary    Σ over classes -log p(right yes or no)    every anchor
 *     focal     the same, each answer weighted by alpha · (1 - p)^gamma: what is easy hardly counts
 *
 * Shapes: N images, A anchors, K classes with background as class 0.
 */
import type { ClassLossConfig } from '../config/loss.ts'
import {
  absolute,
  add,
  cast,
  exponential,
  gather,
  logarithm,
  logSoftmax,
  maximum,
  multiply,
  negate,
  oneHot,
  or,
  reshape,
  slice,
  subtract,
  sum,
  where,
} from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'
import { mineHardNegatives } from './mine.ts'

/** Keeps the logarithm of "1 - p" finite where an answer is perfect. */
const SMALLEST_DOUBT = 1e-12

/** Every anchor's class error, and which of them take part in the loss. */
export interface ClassError {
  /** [N, A]: what each anchor's error is, whether or not it counts. */
  readonly error: Tensor
  /** bool [N, A]: those that count; undefined where all do. */
  readonly speaking: Tensor | undefined
}

/** The class error that counts, [N, A]: 0 where an anchor takes no part. */
export function countedError({ error, speaking }: ClassError): Tensor {
  return speaking === undefined ? error : where(speaking, error, constant(0))
}

/**
 * How wrong each anchor's class is, and whether that counts.
 * @param logits [N, A, K] @param classTargets int32 [N, A]: 0 background, else class id + 1
 * @param positive bool [N, A]
 */
export function classError(
  logits: Tensor,
  classTargets: Tensor,
  positive: Tensor,
  config: ClassLossConfig,
): ClassError {
  if (config.name !== 'softmax')
    return { error: binaryError(logits, classTargets, config), speaking: undefined }
  const error = negate(gather(logSoftmax(logits, 2), classTargets)) // [N, A]
  return { error, speaking: or(positive, mineHardNegatives(error, positive, config)) }
}

/** One question a class; the background column is left out: all no means background. */
function binaryError(
  logits: Tensor,
  classTargets: Tensor,
  config: Exclude<ClassLossConfig, { name: 'softmax' }>,
): Tensor {
  const classes = logits.shape[2]!
  const objects = [{ axis: 2, start: 1, end: classes }]
  const x = slice(logits, objects)
  const yes = slice(cast(oneHot(classTargets, classes), 'float32'), objects)
  // -log sigmoid(x) for yes and -log(1 - sigmoid(x)) for no, written so that no exponential overflows.
  const softened = logarithm(add(exponential(negate(absolute(x))), constant(1)))
  const error = add(subtract(maximum(x, constant(0)), multiply(x, yes)), softened)
  const weighted = config.name === 'focal' ? multiply(focus(error, yes, config), error) : error
  return reshape(sum(weighted, [2]), logits.shape.slice(0, 2))
}

/** alpha · (1 - p)^gamma, with p the probability of the right answer: exp(-error). */
function focus(error: Tensor, yes: Tensor, { alpha, gamma }: { alpha: number; gamma: number }) {
  const side = add(multiply(yes, constant(2 * alpha - 1)), constant(1 - alpha))
  if (gamma === 0) return side
  const doubt = maximum(subtract(constant(1), exponential(negate(error))), constant(SMALLEST_DOUBT))
  const eased = gamma === 1 ? doubt : exponential(multiply(logarithm(doubt), constant(gamma)))
  return multiply(side, eased)
}
