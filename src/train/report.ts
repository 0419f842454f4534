/** @file What a run tells about itself: after each step, after each epoch, and at the end. */
import type { Shape } from '../graph/tensor.ts'
import type { TrainingState } from './state.ts'

/** The errors of one step, or their means over several. */
export interface Losses {
  readonly classLoss: number
  readonly offsetLoss: number
  /** Positive anchors an image. */
  readonly positives: number
  /** Length of the gradient over all weights, before clipping. */
  readonly gradientNorm: number
}

/** After a step. */
export interface StepReport extends Losses {
  /** Steps done. */
  readonly step: number
  /** Passes over the data done, with fraction. */
  readonly epoch: number
  /** Share of the run done, 0..1. */
  readonly progress: number
  readonly seconds: number
  readonly learningRate: number
  /** Wall time of all steps of this session, and the part of it inside the engine, milliseconds. */
  readonly stepMilliseconds: number
  readonly engineMilliseconds: number
}

/** After an epoch, and once at the end. */
export interface EpochReport extends Omit<StepReport, keyof Losses> {
  /** Means over the steps since the last report. */
  readonly losses: Losses
  /** The last report of the run. */
  readonly finished: boolean
  /** The run was stopped from outside, before its budget was used up. */
  readonly stopped: boolean
  /** Copies the run's state out of the engine. */
  readonly readState: () => Promise<TrainingState>
  /** Shapes of the state's tensors, by name. */
  readonly shapes: ReadonlyMap<string, Shape>
}

/** At the end. */
export interface RunSummary {
  readonly steps: number
  readonly epochs: number
  readonly seconds: number
  readonly stopped: boolean
  /** Wall time of the steps of this session, and the part of it inside the engine, milliseconds. */
  readonly stepMilliseconds: number
  readonly engineMilliseconds: number
}

/** Means over several steps. */
export function meanLosses(list: readonly Losses[]): Losses {
  const mean = (read: (losses: Losses) => number) =>
    list.reduce((sum, losses) => sum + read(losses), 0) / Math.max(1, list.length)
  return {
    classLoss: mean((losses) => losses.classLoss),
    offsetLoss: mean((losses) => losses.offsetLoss),
    positives: mean((losses) => losses.positives),
    gradientNorm: mean((losses) => losses.gradientNorm),
  }
}
