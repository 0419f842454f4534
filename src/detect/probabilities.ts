/**
 * @file From logits to probabilities, inside the graph: in JavaScript it took longer than NMS. Which rule is right
 * depends on what the class loss taught:
 *
 *     softmax           p = e^logit / Σ e^logits          background and the classes share out 1
 *     binary, focal     p = 1 / (1 + e^-logit)            each class is a question of its own
 *
 * Shapes: N images, A anchors, K classes with background.
 */
import type { ClassLossConfig } from '../config/loss.ts'
import { exponential, logSoftmax, sigmoid } from '../graph/ops.ts'
import type { Tensor } from '../graph/tensor.ts'

/**
 * Probabilities, each 0..1.
 * @param logits [N, A, K], background as class 0
 * @param classLoss what the network was trained with
 * @returns [N, A, K]; where classes are questions of their own, column 0 means nothing
 */
export function probabilitiesOf(logits: Tensor, classLoss: ClassLossConfig): Tensor {
  return classLoss.name === 'softmax' ? exponential(logSoftmax(logits, 2)) : sigmoid(logits)
}
