/**
 * @file The record of a run: everything beside the numbers of the network that going on needs. It lies in the
 * checkpoint, so that one file, written all or nothing, says how far the run is; whatever else the run folder holds
 * must agree with it or is made anew.
 */
import * as z from 'zod'
import { lossesSchema, lossSumsSchema } from './losses.ts'

const count = z.number().int().min(0)
const score = z.number().min(0).max(1).nullable()

/** What is noted after an epoch: a line of metrics.jsonl. */
export const metricsLineSchema = z.object({
  epoch: z.number().min(0),
  step: count,
  /** Of the last step. */
  learningRate: z.number(),
  ...lossesSchema.shape,
  /** On the validation split, every-point AP at IoU .5; null where it was not measured. */
  mAP50: score,
  /** The mean over ten IoU thresholds. */
  AP: score,
})

/** A line of metrics.jsonl: see {@link metricsLineSchema}. */
export type MetricsLine = z.infer<typeof metricsLineSchema>

/** The best model so far. */
export const bestSchema = z.object({ step: count, mAP50: score, AP: score })

/** The best model so far: when it was taken, and its scores where there is a validation split. */
export type Best = z.infer<typeof bestSchema>

/** The record of a run. */
export const recordSchema = z.strictObject({
  /** Steps done. */
  step: count,
  /** The epoch under way: the steps that no line of metrics tells of yet. */
  partial: lossSumsSchema,
  /** Lines of metrics written so far, and the last of them: it is written after the checkpoint. */
  lines: count,
  line: metricsLineSchema.nullable(),
  best: bestSchema.nullable(),
  /** How many tenths of the run were validated, and how many snapshots were due. */
  validations: count,
  snapshots: count,
  /** What it was trained on, to notice when that changes. */
  pictures: count,
  objects: count,
  /** Time spent; only where it decides how long the run goes on (--minutes). */
  seconds: z.number().min(0).optional(),
})

/** The record of a run: see {@link recordSchema}. */
export type RunRecord = z.infer<typeof recordSchema>
