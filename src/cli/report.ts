/** @file Telling what failed: a sentence and a remedy for people, an object for programs, an exit code for scripts. */
import { ERRORS } from '../error/codes.ts'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'
import { say, writeJsonLine } from './terminal.ts'

/**
 * Tells what failed, without a stack (unless it is a bug of ours and SINGLESHOT_DEBUG=1 asks for it).
 * @param json also writes `{"error": {code, message, remedy}}` to stdout
 * @returns the exit code
 */
export function report(error: unknown, json: boolean): number {
  const known = error instanceof SingleshotError
  const code = known ? error.code : 'E_INTERNAL'
  const message = describeError(error)
  const { exit } = ERRORS[code]
  const remedy = known ? error.remedy : ERRORS[code].remedy
  if (json) writeJsonLine({ error: { code, message, remedy } })
  say(`error ${code}: ${message}`, `  ${remedy}`)
  if (!known && process.env.SINGLESHOT_DEBUG === '1' && error instanceof Error)
    say(...(error.stack ?? '').split('\n'))
  return exit
}
