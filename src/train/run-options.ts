/** @file What a run is made of. */
import type { AugmentOptions } from '../augment/options.ts'
import type { ModelConfig } from '../config/model.ts'
import type { TrainConfig } from '../config/train.ts'
import type { Example } from '../dataset/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import type { Floats } from '../graph/tensor.ts'
import type { LossSums } from './losses.ts'
import type { PictureSource } from './pictures.ts'
import type { EpochReport, Pause, StepReport, Timing } from './report.ts'
import type { Budget } from './schedule.ts'
import type { TrainingState } from './state.ts'

/** Where a former session of a run stopped. */
export interface Resumption {
  readonly state: TrainingState
  readonly step: number
  /** Steps that no epoch report has told of yet. */
  readonly partial: LossSums
  readonly timing: Timing
  /** What the state was read from, for messages. */
  readonly file: string
}

/** What a run is made of. */
export interface RunOptions {
  readonly engine: Engine
  readonly config: ModelConfig
  readonly train: TrainConfig
  readonly augment: AugmentOptions
  readonly budget: Budget
  readonly examples: readonly Example[]
  readonly pictures: PictureSource
  readonly resume?: Resumption | undefined
  /** Weights to start from; those that do not fit are passed over. */
  readonly weights?: ReadonlyMap<string, Floats> | undefined
  /** Ends the run after the current step. */
  readonly signal?: AbortSignal | undefined
  /** Called after every step. */
  readonly onStep?: ((report: StepReport) => void) | undefined
  /**
   * Called after every epoch and at the end of the budget; training waits for it. If it throws the signal's reason, the
   * run stops there, and what it did not hear to the end is told again when the run goes on.
   */
  readonly onEpoch?: ((report: EpochReport) => Promise<void>) | undefined
  /** Called between the steps of an epoch, and before the run stops early; training waits for it. */
  readonly onPause?: ((pause: Pause) => Promise<void>) | undefined
}
