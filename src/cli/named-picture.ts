/** @file What to do about a picture that was named on the command line and is not there. */
import { SingleshotError } from '../error/singleshot-error.ts'

/** The error with a remedy that fits here: such a picture has no annotation that could be removed instead. */
export function asNamedPicture(error: unknown): unknown {
  if (!(error instanceof SingleshotError) || error.code !== 'E_IMAGE_MISSING') return error
  return new SingleshotError(error.code, { ...error.parts, remedy: 'Check the path.' })
}
