/** @file `singleshot detect`. */
import { SHOWN_SCORE } from '../detect/detection.ts'
import { type Command, usageError } from './command.ts'
import type { Options } from './option.ts'
import { ENGINE_OPTIONS, MODEL_OPTION, RULES_OPTION } from './shared-options.ts'

const OPTIONS = {
  model: MODEL_OPTION,
  score: {
    type: 'number',
    value: 'X',
    min: 0,
    max: 1,
    default: SHOWN_SCORE,
    text: 'least score to show',
  },
  save: {
    type: 'text',
    value: 'DIR',
    text: 'write pictures with boxes into this folder; none that is there is overwritten',
  },
  recursive: { type: 'flag', text: 'take the pictures in the subfolders of a folder, too' },
  strict: { type: 'flag', text: 'stop at the first picture that cannot be read' },
  rules: RULES_OPTION,
  ...ENGINE_OPTIONS,
} as const satisfies Options

/** The options of `detect`. */
export type DetectOptions = typeof OPTIONS

/** Finds objects in pictures. */
export const detectCommand: Command<typeof OPTIONS> = {
  name: 'detect',
  summary:
    'Finds objects in pictures: one line per object on stdout, and pictures with boxes on request.',
  usage: '--model RUN_OR_FILE IMAGE_OR_FOLDER... [--score 0.5] [--save DIR]',
  example: 'singleshot detect --model runs/cells photo.jpg --save found',
  positionals: true,
  options: OPTIONS,
  run: async (invocation) => {
    if (invocation.positionals.length === 0)
      throw usageError(detectCommand, 'expected at least one picture or folder of pictures')
    return (await import('./detect-pictures.ts')).detectPictures(invocation)
  },
}
