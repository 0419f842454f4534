/**
 * @file The multibox loss: how wrong the network was, as one number. Two errors are added:
 *
 *     loss = ( wrong class, over positives and the hardest negatives
 *            + error of the offsets, over positives ) / number of positives
 *
 * "Wrong class" includes claiming an object where there is none. Anchors that see background have no
 * offsets to be wrong about. (SSD paper, equations 1 to 3.)
 *
 * Lesson 9 divides otherwise (`per: 'image'`): the class error by images and classes, the offset error by
 * each image's own positives and then by the images.
 *
 * Shapes: N images, A anchors, K classes with background as class 0.
 */
import type { LossConfig } from '../config/loss.ts'
import { add, cast, divide, greater, maximum, multiply, sum, total, where } from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'
import type { Answers } from '../network/head.ts'
import { classError } from './class-error.ts'
import type { Geometry } from './decode.ts'
import { offsetError } from './offset-error.ts'

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
  /** As it enters the loss: weighted. */
  readonly offsetLoss: Tensor
  /** Anchors that answer for an object, over the whole batch. */
  readonly positives: Tensor
}

/**
 * The loss of a batch. Divided by at least 1, so that a batch without objects is no division by zero.
 * @param geometry what offsets are relative to; losses that compare boxes need it
 */
export function multiboxLoss(
  { logits, offsets }: Answers,
  { classTargets, offsetTargets }: Targets,
  config: LossConfig,
  geometry: Geometry,
): Multibox {
  const positive = greater(cast(classTargets, 'float32'), constant(0)) // [N, A]
  const wrongClass = classError(logits, classTargets, positive, config.classLoss)
  const error = offsetError(offsets, offsetTargets, config.offsetLoss, geometry)
  const wrongPlace = where(positive, error, constant(0))
  const counts = sum(cast(positive, 'float32'), [1]) // [N, 1]
  const positives = total(counts)
  const [images, , classes] = logits.shape as [number, number, number]
  const parts =
    config.per === 'positive'
      ? perPositive(wrongClass, wrongPlace, positives)
      : perImage(wrongClass, wrongPlace, counts, { images, classes: classes - 1 })
  const offsetLoss = multiply(parts.offsetLoss, constant(config.offsetWeight))
  return {
    loss: add(parts.classLoss, offsetLoss),
    classLoss: parts.classLoss,
    offsetLoss,
    positives,
  }
}

function perPositive(wrongClass: Tensor, wrongPlace: Tensor, positives: Tensor) {
  const divisor = maximum(positives, constant(1))
  return {
    classLoss: divide(total(wrongClass), divisor),
    offsetLoss: divide(total(wrongPlace), divisor),
  }
}

function perImage(
  wrongClass: Tensor,
  wrongPlace: Tensor,
  counts: Tensor,
  { images, classes }: { images: number; classes: number },
) {
  const means = divide(sum(wrongPlace, [1]), maximum(counts, constant(1))) // [N, 1]
  return {
    classLoss: divide(total(wrongClass), constant(images * classes)),
    offsetLoss: divide(total(means), constant(images)),
  }
}
