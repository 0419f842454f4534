/** @file `singleshot detect`. */
import { type Command, usageError } from './command.ts'
import { DETECT_OPTIONS, type DetectCommandOptions } from './detect-options.ts'

/** Finds objects in pictures. */
export const detectCommand: Command<DetectCommandOptions> = {
  name: 'detect',
  summary:
    'Finds objects in pictures: one line per object on stdout, and pictures with boxes on request.',
  usage: '--model RUN_OR_FILE IMAGE_OR_FOLDER... [--score 0.5] [--save DIR]',
  example: 'singleshot detect --model runs/cells photo.jpg --save found',
  positionals: true,
  options: DETECT_OPTIONS,
  run: async (invocation) => {
    if (invocation.positionals.length === 0)
      throw usageError(detectCommand, 'expected at least one picture or folder of pictures')
    return (await import('./detect-pictures.ts')).detectPictures(invocation)
  },
}
