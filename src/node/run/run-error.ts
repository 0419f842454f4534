/** @file What is wrong with a file of a run folder, as an error that names the file. */
import { describeError, SingleshotError } from '../../error/singleshot-error.ts'
import { codeOf } from '../files/write-error.ts'

/**
 * The error for a file of a run folder that cannot be used.
 * @param cause what was thrown while it was read; an E_RUN stays as it is
 */
export function runError(file: string, cause: unknown): SingleshotError {
  if (cause instanceof SingleshotError && cause.code === 'E_RUN') return cause
  return new SingleshotError('E_RUN', {
    where: 'train',
    rule: ruleFor(cause),
    got: codeOf(cause) === 'ENOENT' ? 'none' : (codeOf(cause) ?? describeError(cause)),
    file,
    cause,
  })
}

function ruleFor(cause: unknown): string {
  if (cause instanceof SingleshotError) return 'expected a checkpoint that is whole'
  if (cause instanceof SyntaxError) return 'expected JSON'
  return 'expected a file that can be read'
}
