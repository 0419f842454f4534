/**
 * @file What is wrong with a dataset, collected while it is read: every problem is told and counted, so that one bad
 * file among thousands neither stops the work nor passes in silence. Knows no format.
 */
import type { ErrorCode } from '../error/codes.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { LeftOut } from './dataset.ts'

/** Something is wrong with the data, and was left out. */
export interface ProblemEvent {
  readonly type: 'problem'
  readonly problem: SingleshotError
}

/** What a dataset's reader does with what is wrong. */
export interface ProblemOptions {
  /** Makes problems an error, once all are collected. Default false: what is wrong is left out. */
  readonly strict?: boolean | undefined
  /** Told of every problem as it is found. */
  readonly onEvent?: ((event: ProblemEvent) => void) | undefined
}

/** Collects problems. */
export interface ProblemList {
  /** Notes what made an image be left out: at least one problem. */
  leaveOutImage(problems: readonly SingleshotError[]): void
  /** Notes an object that is left out of an image that stays. */
  leaveOutObject(problem: SingleshotError): void
  readonly problems: readonly SingleshotError[]
  readonly leftOut: LeftOut
  /**
   * Refuses data with problems where it was asked to be strict.
   * @param name of the data, for the message
   * @throws SingleshotError as {@link refuseProblems}
   */
  finish(name: string): void
}

/** Makes an empty list. */
export function createProblemList({ strict, onEvent }: ProblemOptions = {}): ProblemList {
  const problems: SingleshotError[] = []
  const leftOut = { images: 0, objects: 0 }
  const note = (problem: SingleshotError) => {
    problems.push(problem)
    onEvent?.({ type: 'problem', problem })
  }
  return {
    problems,
    leftOut,
    leaveOutImage(found) {
      leftOut.images++
      found.forEach(note)
    },
    leaveOutObject(problem) {
      leftOut.objects++
      note(problem)
    },
    finish(name) {
      if (strict === true) refuseProblems(problems, name)
    },
  }
}

/** How often each code occurs, the commonest first: `5 E_BOX_EMPTY, 2 E_XML`. */
export function countCodes(problems: readonly { readonly code: ErrorCode }[]): string {
  const counts = new Map<ErrorCode, number>()
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${count} ${code}`)
    .join(', ')
}

/** Problems whose messages an error repeats. */
const NAMED_PROBLEMS = 10

/**
 * Refuses data with problems.
 * @param name of the data, for the message
 * @throws SingleshotError the only problem, or one that counts all and names ten; then its cause is an AggregateError
 */
export function refuseProblems(problems: readonly SingleshotError[], name: string): void {
  const [first] = problems
  if (first === undefined) return
  if (problems.length === 1) throw first
  const named = problems.slice(0, NAMED_PROBLEMS).map(({ message }) => message)
  const more = problems.length > named.length ? ['…'] : []
  throw new SingleshotError(first.code, {
    where: 'readData',
    rule: `expected data without problems in ${name}, got ${problems.length} (${countCodes(problems)}): ${[...named, ...more].join('; ')}`,
    remedy: 'Correct what is named, or leave it out by not asking to be strict.',
    cause: new AggregateError(problems),
  })
}
