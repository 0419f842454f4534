/** @file What a run tells about itself: after each step, after each epoch, and at the end. */
import type { Shape } from '../graph/tensor.ts'
import type { Losses, LossSums } from './losses.ts'
import type { TrainingState } from './state.ts'

/** Time spent, over all sessions of a run. */
export interface Timing {
  readonly seconds: number
  /** Wall time of all steps, and the part of it inside the engine, milliseconds. */
  readonly stepMilliseconds: number
  readonly engineMilliseconds: number
}

/** Where a run stands between two steps. */
export interface Position extends Timing {
  /** Steps done. */
  readonly step: number
  /** Passes over the data done, with fraction. */
  readonly epoch: number
  /** Share of the run done, 0..1. */
  readonly progress: number
  /** Of the last step. */
  readonly learningRate: number
}

/** After a step. */
export interface StepReport extends Position, Losses {}

/** Between two steps: what can be saved there. */
export interface Pause extends Position {
  /** Sums over the steps since the last epoch report. */
  readonly partial: LossSums
  /** The run ends here, before its budget is used up. */
  readonly stopping: boolean
  /** Copies the run's state out of the engine. */
  readonly readState: () => Promise<TrainingState>
  /** Shapes of the state's tensors, by name. */
  readonly shapes: ReadonlyMap<string, Shape>
}

/** After an epoch, and once at the end of the budget. */
export interface EpochReport extends Pause {
  /** Means over the steps since the last report. */
  readonly losses: Losses
  /** The last report of the run. */
  readonly finished: boolean
}

/** At the end. */
export interface RunSummary extends Timing {
  readonly steps: number
  readonly epochs: number
  /** The run was stopped from outside, before its budget was used up. */
  readonly stopped: boolean
}
