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

import { decodeCorners, type Geometry } from '../coder/decode-graph.ts'
import { add, cast, divide, greater, maximum, multiply, sum, total, where } from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'
import type { Answers, GraphTargets } from './answers.ts'
import { type ClassLossChoice, classError, countedError } from './class/class-losses.ts'
import { withoutIgnored } from './ignored.ts'
import { type OffsetLossChoice, offsetError } from './offset/offset-losses.ts'

/** What the network is punished for. */
export interface LossConfig {
  readonly classLoss: ClassLossChoice
  readonly offsetLoss: OffsetLossChoice
  /** How much the offset loss counts beside the class loss (the paper's alpha: 1). */
  readonly offsetWeight: number
  /** What both are divided by: the positives of the batch (SSD), or its images (Lesson 9). */
  readonly per: 'positive' | 'image'
}

/** The loss and its parts, each a scalar. */
export interface Multibox {
  readonly loss: Tensor
  readonly classLoss: Tensor
  /** As it enters the loss: weighted. */
  readonly offsetLoss: Tensor
  /** Anchors that are responsible for an object, over the whole batch. */
  readonly positives: Tensor
  /** The same loss, anchor by anchor, for whoever explains it; a training step does not ask for it. */
  readonly anchors: AnchorLosses
}

/** What each anchor is blamed for, [N, A] each. */
export interface AnchorLosses {
  /** How wrong its class is, whether or not that counts. */
  readonly classError: Tensor
  /** bool: takes part in the class loss; undefined where every anchor does. */
  readonly contributing: Tensor | undefined
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
 * @throws SingleshotError E_RULE when a loss or the coder is not ours and was not handed over
 */
export function multiboxLoss(
  answers: Answers,
  targets: GraphTargets,
  config: LossConfig,
  geometry: Geometry,
): Multibox {
  const { offsets } = answers
  const { offsetTargets } = targets
  const { logits, classTargets } = withoutIgnored(config.classLoss, answers, targets)
  const positive = greater(cast(classTargets, 'float32'), constant(0)) // [N, A]
  const wrongClass = classError(config.classLoss, { logits, classTargets, positive })
  const counted = countedError(wrongClass)
  const toCorners = (offsets: Tensor) => decodeCorners(offsets, geometry)
  const error = offsetError(config.offsetLoss, { offsets, targets: offsetTargets, toCorners })
  const wrongPlace = where(positive, error, constant(0))
  const counts = sum(cast(positive, 'float32'), [1]) // [N, 1]
  const positives = total(counts)
  const [images, , columns] = logits.shape as [number, number, number]
  const divided = DIVIDERS[config.per]({ counts, positives, images, classes: columns - 1 })
  const weight = constant(config.offsetWeight)
  const classLoss = divided.classes.total(counted)
  const offsetLoss = multiply(divided.offsets.total(wrongPlace), weight)
  const anchors = {
    classError: wrongClass.error,
    contributing: wrongClass.contributing,
    offsetError: wrongPlace,
    classShare: divided.classes.each(counted),
    offsetShare: multiply(divided.offsets.each(wrongPlace), weight),
  }
  return { loss: add(classLoss, offsetLoss), classLoss, offsetLoss, positives, anchors }
}

/** Divides errors [N, A]: their sum, or anchor by anchor, which adds up to the same. */
interface Divider {
  total(errors: Tensor): Tensor
  each(errors: Tensor): Tensor
}

interface Dividers {
  readonly classes: Divider
  readonly offsets: Divider
}

interface Counts {
  /** Positives of each image, [N, 1], and of the batch. */
  readonly counts: Tensor
  readonly positives: Tensor
  /** N, and K - 1. */
  readonly images: number
  readonly classes: number
}

/** What the errors are divided by. */
const DIVIDERS: Readonly<Record<LossConfig['per'], (counts: Counts) => Dividers>> = {
  positive({ positives }) {
    const divider = dividerBy(maximum(positives, constant(1)))
    return { classes: divider, offsets: divider }
  },
  image({ counts, images, classes }) {
    const own = maximum(counts, constant(1)) // [N, 1]
    const batch = dividerBy(constant(images))
    const offsets: Divider = {
      total: (errors) => batch.total(divide(sum(errors, [1]), own)),
      each: (errors) => batch.each(divide(errors, own)),
    }
    return { classes: dividerBy(constant(images * classes)), offsets }
  },
}

function dividerBy(divisor: Tensor): Divider {
  return {
    total: (errors) => divide(total(errors), divisor),
    each: (errors) => divide(errors, divisor),
  }
}
