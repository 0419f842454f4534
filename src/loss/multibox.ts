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

import type { Geometry } from '../coder/decode-graph.ts'
import type { LossConfig } from '../config/loss.ts'
import { add, cast, divide, greater, maximum, multiply, sum, total, where } from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'
import type { Answers } from '../network/head.ts'
import { classError, countedError } from './class-error.ts'
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
  /** The same loss, anchor by anchor, for whoever explains it; a training step does not ask for it. */
  readonly anchors: AnchorLosses
}

/** What each anchor is blamed for, [N, A] each. */
export interface AnchorLosses {
  /** How wrong its class is, whether or not that counts. */
  readonly classError: Tensor
  /** bool: takes part in the class loss; undefined where every anchor does. */
  readonly speaking: Tensor | undefined
  /** How far off its offsets are; 0 for negatives. */
  readonly offsetError: Tensor
  /** Its share of the class loss: all shares add up to `classLoss`. */
  readonly classShare: Tensor
  /** Its share of the offset loss: all shares add up to `offsetLoss`. */
  readonly offsetShare: Tensor
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
  const counted = countedError(wrongClass)
  const error = offsetError(offsets, offsetTargets, config.offsetLoss, geometry)
  const wrongPlace = where(positive, error, constant(0))
  const counts = sum(cast(positive, 'float32'), [1]) // [N, 1]
  const positives = total(counts)
  const [images, , columns] = logits.shape as [number, number, number]
  const divided = dividersOf(config.per, { counts, positives, images, classes: columns - 1 })
  const weight = constant(config.offsetWeight)
  const classLoss = divided.classes(counted, total)
  const offsetLoss = multiply(divided.offsets(wrongPlace, total), weight)
  const anchors = {
    classError: wrongClass.error,
    speaking: wrongClass.speaking,
    offsetError: wrongPlace,
    classShare: divided.classes(counted, each),
    offsetShare: multiply(divided.offsets(wrongPlace, each), weight),
  }
  return { loss: add(classLoss, offsetLoss), classLoss, offsetLoss, positives, anchors }
}

/** Adds up, or leaves anchor by anchor. */
type Gather = (errors: Tensor) => Tensor
const each: Gather = (errors) => errors

/** What the errors [N, A] are divided by. */
interface Dividers {
  classes(errors: Tensor, gather: Gather): Tensor
  offsets(errors: Tensor, gather: Gather): Tensor
}

interface Counts {
  /** Positives of each image, [N, 1], and of the batch. */
  readonly counts: Tensor
  readonly positives: Tensor
  /** N, and K - 1. */
  readonly images: number
  readonly classes: number
}

function dividersOf(
  per: LossConfig['per'],
  { counts, positives, images, classes }: Counts,
): Dividers {
  if (per === 'positive') {
    const divisor = maximum(positives, constant(1))
    const divided = (errors: Tensor, gather: Gather) => divide(gather(errors), divisor)
    return { classes: divided, offsets: divided }
  }
  return {
    classes: (errors, gather) => divide(gather(errors), constant(images * classes)),
    offsets: (errors, gather) => {
      const ofImage = gather === each ? errors : sum(errors, [1]) // [N, A] or [N, 1]
      return divide(gather(divide(ofImage, maximum(counts, constant(1)))), constant(images))
    },
  }
}
