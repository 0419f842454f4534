/** @file What a call on a closed engine or program is told. */
import { SingleshotError } from '../error/singleshot-error.ts'

/** What a call meets after closing, and what a call that closing overtook is told. */
export function closedError(where: string, what: 'engine' | 'program'): SingleshotError {
  return new SingleshotError('E_CLOSED', {
    where,
    rule: `expected an open ${what}`,
    got: 'one that was closed',
  })
}
