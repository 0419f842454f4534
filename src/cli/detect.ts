/** @file `singleshot detect`. */
import { SHOWN_SCORE } from '../detect/detection.ts'
import { type Command, usageError } from './command.ts'
import { ENGINE_OPTIONS, MODEL_OPTION } from './shared-options.ts'

/** Finds objects in pictures. */
export const detectCommand: Command = {
  name: 'detect',
  summary:
    'Finds objects in pictures: one line an object on stdout, and pictures with boxes on request.',
  usage: '--model RUN_OR_FILE IMAGE... [--score 0.5] [--save DIR]',
  example: 'singleshot detect --model runs/cells photo.jpg --save found',
  positionals: true,
  options: {
    model: MODEL_OPTION,
    score: {
      type: 'number',
      value: 'X',
      least: 0,
      most: 1,
      standard: String(SHOWN_SCORE),
      text: 'least score to show',
    },
    save: { type: 'text', value: 'DIR', text: 'write the pictures with boxes into this folder' },
    ...ENGINE_OPTIONS,
  },
  run: async (invocation) => {
    if (invocation.positionals.length === 0)
      throw usageError(detectCommand, 'expected at least one picture or folder of pictures')
    return (await import('./detect-pictures.ts')).detectPictures(invocation)
  },
}
