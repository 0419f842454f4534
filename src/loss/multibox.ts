/**
 * @file The multibox loss: how wrong the network was, as one number. Two errors are added:
 *
 *     loss = ( wrong class, over positives and the hardest negatives
 *            + error of the offsets, over positives ) / number of positives
 *
 * "Wrong class" includes claiming an object where there is none. Anchors that see background have no
 * offsets to be wrong about. (SSD paper, equations 1 to 3.)
 *
 * Shapes: N images, A anchors, K classes with background as class 0.
 */
import type { LossConfig } from '../config/model.ts'
import {
  add,
  cast,
  divide,
  gather,
  greater,
  logSoftmax,
  maximum,
  negate,
  or,
  reshape,
  sum,
  total,
  where,
} from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'
import type { Answers } from '../network/head.ts'
import { mineHardNegatives } from './mine.ts'
import { smoothL1 } from './smooth-l1.ts'

/** What the anchors should have said. */
export interface Targets {
  /** int32 [N, A]: 0 background, else class id + 1. */
  readonly classTargets: Tensor
  /** [N, A, 4]; read only where the class is not background. */
  readonly offsetTargets: Tensor
}

/** The loss and its parts, each a scalar. */
export interface Multibox {
  readonly loss: Tensor
  readonly classLoss: Tensor
  readonly offsetLoss: Tensor
  /** Anchors that answer for an object, over the whole batch. */
  readonly positives: Tensor
}

/** The loss of a batch. Divided by at least 1, so that a batch without objects is no division by zero. */
export function multiboxLoss(
  { logits, offsets }: Answers,
  targets: Targets,
  config: LossConfig,
): Multibox {
  const positive = greater(cast(targets.classTargets, 'float32'), constant(0)) // [N, A]
  const crossEntropy = negate(gather(logSoftmax(logits, 2), targets.classTargets)) // [N, A]
  const speaking = or(positive, mineHardNegatives(crossEntropy, positive, config))
  const errors = smoothL1(offsets, targets.offsetTargets, { beta: config.smoothL1Beta })
  const error = reshape(sum(errors, [2]), positive.shape) // [N, A], dx, dy, dw and dh together
  const positives = total(cast(positive, 'float32'))
  const divisor = maximum(positives, constant(1))
  const classLoss = divide(total(where(speaking, crossEntropy, constant(0))), divisor)
  const offsetLoss = divide(total(where(positive, error, constant(0))), divisor)
  return { loss: add(classLoss, offsetLoss), classLoss, offsetLoss, positives }
}
