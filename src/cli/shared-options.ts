/**
 * @file Options that several commands share. Upper bounds are far beyond any use; they catch slips such as
 * a missing point or a doubled key, which would otherwise take the machine's memory.
 */
import {
  LARGEST_BATCH,
  LARGEST_SEED,
  LONGEST_INPUT_SIDE,
  MOST_MINUTES,
  MOST_THREADS,
} from '../check/limits.ts'
import { DEFAULT_PRESET, PRESET_NAMES } from '../config/presets.ts'
import { TRAIN_DEFAULTS } from '../config/train-defaults.ts'
import { DEFAULT_DEVICE, DEVICES, type EngineOptions } from '../engine/engine.ts'
import { FORMAT_NAMES } from '../label/format-names.ts'
import { UNLABELLED } from '../label/unlabelled.ts'
import type { Option, Options, Values } from './option.ts'
import { say } from './terminal.ts'

/** Options about the engine. */
export const ENGINE_OPTIONS = {
  threads: {
    type: 'count',
    value: 'N',
    min: 1,
    max: MOST_THREADS,
    otherwise: 'all cores',
    text: 'threads to compute with',
  },
  device: {
    type: 'text',
    choices: DEVICES,
    default: DEFAULT_DEVICE,
    text: 'where to compute',
  },
} as const satisfies Options

/** Which network. */
export const NETWORK_OPTION = {
  type: 'text',
  value: 'NAME',
  choices: PRESET_NAMES,
  otherwise: DEFAULT_PRESET,
  text: `network: ${PRESET_NAMES.join(', ')}`,
} as const satisfies Option

/** Rules of the user's own, for a model that is made with them. */
export const RULES_OPTION = {
  type: 'text',
  value: 'FILE',
  text: 'module that exports rules of your own (docs/extend.md)',
} as const satisfies Option

/** The format of labelled data. */
export const FORMAT_OPTION = {
  type: 'text',
  value: 'FORMAT',
  choices: FORMAT_NAMES,
  otherwise: 'what the files look like',
  text: `format of the labels: ${FORMAT_NAMES.join(', ')}`,
} as const satisfies Option

/** What becomes of pictures without labels. */
export const UNLABELLED_OPTION = {
  type: 'text',
  choices: UNLABELLED,
  otherwise: 'skip them, and say how many',
  text: 'pictures without labels: skip them, or take them for empty',
} as const satisfies Option

/** The trained model to use. */
export const MODEL_OPTION = {
  type: 'text',
  value: 'MODEL',
  required: true,
  text: 'run folder or model file',
} as const satisfies Option

/** The network's input; at least one cell of the coarsest map `tiny` looks at. */
export const INPUT_OPTION = {
  type: 'size',
  value: 'WxH',
  min: 64,
  max: LONGEST_INPUT_SIDE,
  otherwise: "the network's own",
  text: "the network's input in pixels",
} as const satisfies Option

/** Images per step. */
export const BATCH_OPTION = {
  type: 'count',
  value: 'N',
  min: 1,
  max: LARGEST_BATCH,
  otherwise: String(TRAIN_DEFAULTS.batch),
  text: 'images per step',
} as const satisfies Option

/** The same seed gives the same run. */
export const SEED_OPTION = {
  type: 'count',
  value: 'N',
  min: 0,
  max: LARGEST_SEED,
  otherwise: String(TRAIN_DEFAULTS.seed),
  text: 'seed for all random choices',
} as const satisfies Option

/** How long to train by the clock; at most a week. */
export const MINUTES_OPTION = {
  type: 'number',
  value: 'N',
  above: 0,
  max: MOST_MINUTES,
  text: 'training time',
} as const satisfies Option

let noticed = false

/** Says a notice of the engine, once, however many engines a command starts. */
function notice(sentence: string): void {
  if (!noticed) say(sentence)
  noticed = true
}

/** The engine's options from a command's. */
export function engineOptions(options: Values<typeof ENGINE_OPTIONS>): EngineOptions {
  return {
    onNotice: notice,
    ...(options.threads !== undefined && { threads: options.threads }),
    ...(options.device !== undefined && { device: options.device }),
  }
}
