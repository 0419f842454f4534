/**
 * @file How far a run is, and how large its steps are there.
 *
 * A run lasts a number of epochs (then the same seed gives the same run) or a number of minutes (then it
 * ends on time, on any machine). Both give a progress from 0 to 1, and everything else follows from that:
 *
 *     rate = largest · warm-up · (1 + cos(π · progress)) / 2        large steps first, ever smaller ones later
 *
 * (Loshchilov and Hutter 2017, equation 5, without restarts.)
 */
import type { TrainConfig } from '../config/train.ts'

/** How long a run lasts. */
export type Budget = { readonly epochs: number } | { readonly minutes: number }

/** What an epoch is made of. */
export interface Pace {
  /** Training images. */
  readonly images: number
  /** Images per step. */
  readonly batch: number
}

/** Where a run stands. */
export interface Standing {
  /** Steps done. */
  readonly step: number
  /** Seconds spent, over all sessions of the run. */
  readonly seconds: number
}

/** What changes from step to step. */
export interface Rates {
  readonly learningRate: number
  /** How slowly the averaged weights follow, 0..1. */
  readonly averageDecay: number
}

/** How far a run is, 0..1. */
export function progressOf(budget: Budget, pace: Pace, { step, seconds }: Standing): number {
  const done =
    'epochs' in budget ? step / totalSteps(budget.epochs, pace) : seconds / (60 * budget.minutes)
  return Math.min(1, done)
}

/** Steps of a run of so many epochs (at least one; epochs may be fractional). */
export function totalSteps(epochs: number, { images, batch }: Pace): number {
  return Math.max(1, Math.round((epochs * images) / batch))
}

/** Passes over the data after so many steps, with fraction. */
export function epochAt(step: number, { images, batch }: Pace): number {
  return (step * batch) / images
}

/** Whether a step completed a pass over the data. @param step counted from 1; 0 completes none */
export function endsEpoch(step: number, pace: Pace): boolean {
  // One division of whole numbers, so that an epoch ends exactly where it does.
  return step > 0 && Math.floor(epochAt(step, pace)) > Math.floor(epochAt(step - 1, pace))
}

/** The learning rate at a step. @param progress 0..1 */
export function learningRateAt(
  { learningRate, warmupSteps }: Pick<TrainConfig, 'learningRate' | 'warmupSteps'>,
  progress: number,
  step: number,
): number {
  const warm = Math.min(1, (step + 1) / (warmupSteps + 1))
  return learningRate * warm * 0.5 * (1 + Math.cos(Math.PI * progress))
}

/**
 * How slowly the averaged weights follow at a step. Early on they follow fast, or the average would long
 * remember the random first weights: (1 + step) / (10 + step), until that exceeds the configured decay.
 */
export function averageDecayAt(
  { averageDecay }: Pick<TrainConfig, 'averageDecay'>,
  step: number,
): number {
  return Math.min(averageDecay, (1 + step) / (10 + step))
}
