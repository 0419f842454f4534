/** @file The errors of a step, and their sums over the steps of an epoch under way. */
import * as z from 'zod'

/** The errors of one step, or their means over several. */
export const lossesSchema = z.strictObject({
  classLoss: z.number(),
  offsetLoss: z.number(),
  /** Positive anchors per image. */
  positives: z.number(),
  /** Length of the gradient over all weights, before clipping. */
  gradientNorm: z.number(),
})

/** The errors of one step, or their means over several: see {@link lossesSchema}. */
export type Losses = z.infer<typeof lossesSchema>

/** Sums over the steps since the last report. */
export const lossSumsSchema = z.strictObject({
  /** Steps that were added up. */
  count: z.number().int().min(0),
  sums: lossesSchema,
})

/** Sums over the steps since the last report: see {@link lossSumsSchema}. */
export type LossSums = z.infer<typeof lossSumsSchema>

/** Before the first step. */
export const NO_LOSSES: LossSums = {
  count: 0,
  sums: { classLoss: 0, offsetLoss: 0, positives: 0, gradientNorm: 0 },
}

/** The sums with one step more. */
export function addLosses({ count, sums }: LossSums, losses: Losses): LossSums {
  return { count: count + 1, sums: eachLoss((name) => sums[name] + losses[name]) }
}

/** Means over the steps that were added up; 0 of none. */
export function meanLosses({ count, sums }: LossSums): Losses {
  return eachLoss((name) => sums[name] / Math.max(1, count))
}

function eachLoss(value: (name: keyof Losses) => number): Losses {
  return {
    classLoss: value('classLoss'),
    offsetLoss: value('offsetLoss'),
    positives: value('positives'),
    gradientNorm: value('gradientNorm'),
  }
}
