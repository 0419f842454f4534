/** @file The options of `singleshot detect`. */

import { SHOWN_SCORE } from '../detect/detection.ts'
import type { Options } from './option.ts'
import { ENGINE_OPTIONS, MODEL_OPTION, RULES_OPTION } from './shared-options.ts'

/** What `detect` can be told. */
export const DETECT_OPTIONS = {
  model: MODEL_OPTION,
  score: {
    type: 'number',
    value: 'X',
    min: 0,
    max: 1,
    default: SHOWN_SCORE,
    text: 'minimum score',
  },
  save: {
    type: 'text',
    value: 'DIR',
    text: 'write pictures with boxes into this folder; existing files are never overwritten',
  },
  recursive: { type: 'flag', text: 'also take the pictures in subfolders' },
  strict: { type: 'flag', text: 'stop at the first picture that cannot be read' },
  rules: RULES_OPTION,
  ...ENGINE_OPTIONS,
} as const satisfies Options

/** Their type. */
export type DetectCommandOptions = typeof DETECT_OPTIONS
