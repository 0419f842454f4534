/** @file What a network is punished for: the class loss, the offset loss, and what they are divided by. */
import { z } from 'zod'
import { MOST_ANCHORS } from '../check/limits.ts'

const positive = z.number().positive().max(1e6)
/** A number of hard negatives: anchors of an image. */
const anchors = z.number().min(0).max(MOST_ANCHORS)

/** Softmax over all classes and background, with hard negative mining (SSD paper, section 2.2). */
const softmaxSchema = z.strictObject({
  name: z.literal('softmax'),
  /** Hard negatives that take part for each positive (the paper: 3). */
  negativesPerPositive: anchors,
  /** At least this many negatives per image, so that an image without objects teaches too. */
  minimumNegatives: anchors.int(),
})

/** One yes-or-no question a class, "is it a ...?"; all no is background. Every anchor takes part. */
const binarySchema = z.strictObject({ name: z.literal('binary') })

/** The same with easy answers counting less (Lin et al. 2017, equation 5). */
const focalSchema = z.strictObject({
  name: z.literal('focal'),
  /** Weight of "yes"; 1 - alpha is that of "no". */
  alpha: z.number().min(0).max(1),
  /** How much less an easy answer counts; 0 is no less. */
  gamma: z.number().min(0).max(100),
})

/** Smooth L1 between predicted and target offsets (Fast R-CNN, equation 3). */
const smoothL1Schema = z.strictObject({
  name: z.literal('smooth-l1'),
  /** Error at which the parabola turns into a straight line. */
  beta: positive,
})

/** Mean absolute difference of the box's four sides, in fractions of the input (Lesson 9). */
const l1Schema = z.strictObject({ name: z.literal('l1') })

/** 1 - generalised IoU of the boxes (Rezatofighi et al. 2019). */
const giouSchema = z.strictObject({ name: z.literal('giou') })

/** What the network is punished for. */
export const lossSchema = z.strictObject({
  classLoss: z.discriminatedUnion('name', [softmaxSchema, binarySchema, focalSchema]),
  offsetLoss: z.discriminatedUnion('name', [smoothL1Schema, l1Schema, giouSchema]),
  /** How much the offset loss counts beside the class loss (the paper's alpha: 1). */
  offsetWeight: z.number().min(0).max(1e6),
  /** What both are divided by: the positives of the batch (SSD), or its images (Lesson 9). */
  per: z.enum(['positive', 'image']),
})

/** What the network is punished for. */
export type LossConfig = z.infer<typeof lossSchema>
/** Softmax with hard negative mining. */
export type SoftmaxLoss = z.infer<typeof softmaxSchema>
/** Loss of the classes. */
export type ClassLossConfig = LossConfig['classLoss']
/** Loss of the offsets. */
export type OffsetLossConfig = LossConfig['offsetLoss']
