/** @file `singleshot why`. */
import { type Command, type Invocation, usageError } from './command.ts'
import { WHY_OPTIONS, type WhyCommandOptions } from './why-options.ts'

/** Explains what was missed and what was detected wrongly. */
export const whyCommand: Command<WhyCommandOptions> = {
  name: 'why',
  summary:
    'Explains one picture: why an object was missed, or detected where there is none, and what would help.',
  usage: '--model RUN_OR_FILE IMAGE [--object N | --box X1,Y1,X2,Y2 [--class NAME]]',
  example: 'singleshot why --model runs/cells photo.jpg --object 3',
  positionals: true,
  options: WHY_OPTIONS,
  run: async (invocation) => {
    checkQuestion(invocation)
    return (await import('./why-run.ts')).explainPicture(invocation)
  },
}

/** @throws SingleshotError E_USAGE when the options do not make one question */
function checkQuestion({ options, positionals }: Invocation<WhyCommandOptions>): void {
  if (positionals.length !== 1) throw usageError(whyCommand, 'expected one picture', positionals)
  if (options.object !== undefined && options.box !== undefined)
    throw usageError(whyCommand, 'expected --object or --box, got both')
  if (options.truth !== undefined && options.data !== undefined)
    throw usageError(whyCommand, 'expected --truth or --data, got both')
  if (options.class !== undefined && options.box === undefined)
    throw usageError(whyCommand, 'expected --class with --box only', options.class)
}
