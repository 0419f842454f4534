/** @file What training is asked for, and what it leaves. */

import type { AugmentOptions } from '../../augment/options.ts'
import type { Size } from '../../box/box.ts'
import type { ConfigPatch } from '../../config/config-file.ts'
import type { PresetName } from '../../config/presets.ts'
import type { TrainConfig } from '../../config/train.ts'
import type { EngineOptions } from '../../engine/engine.ts'
import type { DifficultInTraining } from '../../label/difficult.ts'
import type { FormatName } from '../../label/format-names.ts'
import type { Unlabelled } from '../../label/unlabelled.ts'
import type { Rule } from '../../rule/rule.ts'
import type { RunSummary } from '../../train/report.ts'
import type { Budget } from '../../train/schedule.ts'
import { DEFAULT_EPOCHS } from '../defaults.ts'
import type { Listener, TrainEvent } from '../events.ts'

/** What a run may be told whether it begins or goes on. */
export interface SessionOptions extends EngineOptions {
  /** Rules from outside this package that the model's description may choose; docs/extend.md. */
  readonly rules?: readonly Rule[] | undefined
  /** Whether anything wrong in the data is an error, once all of it is known. Default false: it is left out and told. */
  readonly strict?: boolean | undefined
  /** Stops the run. Before its first step the call rejects with the reason; after it the run is saved, as `stopped`. */
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: Listener<TrainEvent>
}

/** What to train, on what, for how long. */
export interface StartRequest extends SessionOptions {
  /** A folder of labelled pictures. */
  readonly data: string
  /** The format of the labels; undefined: it is recognised. */
  readonly format?: FormatName | undefined
  /** What becomes of pictures without labels: not used, or taken for empty. Default 'skip'. */
  readonly unlabelled?: Unlabelled | undefined
  /** What becomes of objects marked difficult: learned from, as in the paper, or nothing is asked there. Default 'learn'. */
  readonly difficult?: DifficultInTraining | undefined
  /** The run folder to make; new or empty. */
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
  /** What differs from the preset: a config file, or its content; see docs/config.schema.json. */
  readonly config?: string | ConfigPatch | undefined
  /** Default: the mild set. */
  readonly augment?: Partial<AugmentOptions> | undefined
  /** Whether the anchors are the preset's, or are fitted to the objects to train on. Default 'preset'. */
  readonly anchors?: 'preset' | 'fit' | undefined
  /** A model to start from instead of fresh weights. */
  readonly weights?: string | undefined
  /** Models to keep along the way, to look back at; default 8 of a small network, none of a large one. */
  readonly snapshots?: number | undefined
  readonly resume?: undefined
}

/** Which run to go on with. All else is as it began. */
export interface ResumeRequest extends SessionOptions {
  /** The run folder. */
  readonly resume: string
  /** Where the data has moved to. */
  readonly data?: string | undefined
  /** Passes over the data from the run's beginning; default as it began. */
  readonly epochs?: number | undefined
  /** Wall time from the run's beginning, instead of epochs; default as it began. */
  readonly minutes?: number | undefined
}

/** A run to begin, or to go on with. */
export type TrainRequest = StartRequest | ResumeRequest

/** Whether a run goes on. */
export function isResume(request: TrainRequest): request is ResumeRequest {
  return request?.resume !== undefined
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

/** How long to train; both numbers have been checked with the request. */
export function budgetOf({ epochs, minutes }: Pick<StartRequest, 'epochs' | 'minutes'>): Budget {
  return minutes === undefined ? { epochs: epochs ?? DEFAULT_EPOCHS } : { minutes }
}
