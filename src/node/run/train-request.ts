/** @file What training is asked for, and what it leaves. */
import type { AugmentOptions } from '../../augment/options.ts'
import type { Size } from '../../box/box.ts'
import type { PresetName } from '../../config/presets.ts'
import type { TrainConfig } from '../../config/train.ts'
import type { DataSummary } from '../../dataset/summary.ts'
import type { EngineOptions } from '../../engine/engine.ts'
import type { SingleshotError } from '../../error/singleshot-error.ts'
import type { RunSummary, StepReport } from '../../train/report.ts'
import type { Budget } from '../../train/schedule.ts'

/** What to train, on what, for how long. */
export interface TrainRequest extends EngineOptions {
  /** A Pascal VOC folder. May be left out with `resume`; named there, it says where the data has moved to. */
  readonly data?: string | undefined
  /** The run folder to make; new or empty, unless `resume`. */
  readonly out: string
  /** Default: `trainval` if there is one, else `train`, else everything. */
  readonly split?: string | undefined
  /** A split to measure on during training; decides which weights are the best. Default: none. */
  readonly validate?: string | undefined
  /** Passes over the data; with the same seed gives the same run. Default 100 if `minutes` is not given. */
  readonly epochs?: number | undefined
  /** Wall time instead of epochs. */
  readonly minutes?: number | undefined
  /** A preset's name, default 'tiny'. */
  readonly model?: PresetName | undefined
  /** Input size of the network, pixels; default the preset's, which for tiny follows the pictures' shapes. */
  readonly input?: Size | undefined
  readonly settings?: Partial<TrainConfig> | undefined
  /** A config file: numbers that differ from the preset's; see docs/config.schema.json. */
  readonly config?: string | undefined
  /** Default: the mild set. */
  readonly augment?: Partial<AugmentOptions> | undefined
  /** A model to start from instead of fresh weights. */
  readonly weights?: string | undefined
  /** Go on with the run in `out`; of the rest, only `data`, `epochs` and `minutes` may differ from its beginning. */
  readonly resume?: boolean | undefined
  /** Models to keep along the way, to look back at; default 8 of a small network, none of a large one. */
  readonly snapshots?: number | undefined
  /** Whether anything wrong in the data is an error, once all of it is known. Default false: it is left out and told. */
  readonly strict?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  /** Called after each picture that is checked before the run begins. */
  readonly onCheck?: ((done: number, total: number) => void) | undefined
  /** Told once, before the run begins, what there is to train on. */
  readonly onData?: ((summary: DataSummary) => void) | undefined
  readonly onStep?: ((report: StepReport) => void) | undefined
  readonly onProblem?: ((problem: SingleshotError) => void) | undefined
  /** Plain sentences about what is going on. */
  readonly onMessage?: ((message: string) => void) | undefined
}

/** What training leaves. */
export interface TrainResult extends RunSummary {
  /** The run folder. */
  readonly run: string
  /** Score of the best model on the validation split; null without one. */
  readonly mAP50: number | null
  /** When the best model was taken; null if there is none yet. */
  readonly bestStep: number | null
  /** The data folder, absolute. */
  readonly data: string
  /** A split of it to measure the model on: the one validated on, else `test` if there is one, else null. */
  readonly judgeOn: string | null
}

/** Passes over the data when neither epochs nor minutes are given. */
const DEFAULT_EPOCHS = 100

/** How long to train; both numbers have been checked with the request. */
export function budgetOf({ epochs, minutes }: Pick<TrainRequest, 'epochs' | 'minutes'>): Budget {
  return minutes === undefined ? { epochs: epochs ?? DEFAULT_EPOCHS } : { minutes }
}
