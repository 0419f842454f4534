/** @file The options of `singleshot doctor`. */
import { FOLDS } from '../dataset/folds.ts'
import { FORMAT_NAMES } from '../label/format-names.ts'
import { STRICT_OPTION } from './data-talk.ts'
import type { Options } from './option.ts'
import { ENGINE_OPTIONS, FORMAT_OPTION, INPUT_OPTION, RULES_OPTION } from './shared-options.ts'

/** The options of `singleshot doctor`. */
export const DOCTOR_OPTIONS = {
  data: {
    type: 'text',
    value: 'DIR',
    required: true,
    text: 'labelled pictures; nothing is changed',
  },
  format: FORMAT_OPTION,
  input: INPUT_OPTION,
  fix: {
    type: 'text',
    value: 'OUT',
    text: 'write a mended copy into this new folder, with a list of every change',
  },
  out: {
    type: 'text',
    value: 'FILE.html',
    text: 'write a page with the findings and their pictures',
  },
  all: { type: 'flag', text: 'list every finding; by default the first of them' },
  model: {
    type: 'text',
    value: 'RUN',
    text: 'let this trained model look for labels that are wrong, instead of examining files',
  },
  split: {
    type: 'text',
    value: 'NAME',
    otherwise: 'all pictures',
    text: 'with --model: part of the data',
  },
  folds: {
    type: 'count',
    value: 'K',
    ...FOLDS,
    text: 'with --model: train K runs like it, each without a part of the pictures, and ask it about that part',
  },
  review: {
    type: 'text',
    value: 'OUT',
    text: 'with --model: write the suspicious labels into this new folder, to import and correct',
  },
  to: {
    type: 'text',
    value: 'FORMAT',
    choices: FORMAT_NAMES,
    default: 'cvat',
    text: 'format of --review: one that can hold a note, such as cvat or label-studio',
  },
  strict: STRICT_OPTION,
  rules: RULES_OPTION,
  ...ENGINE_OPTIONS,
} as const satisfies Options

/** Their type. */
export type DoctorOptions = typeof DOCTOR_OPTIONS
