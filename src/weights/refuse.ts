/** @file How the readers of this folder refuse a file: every one with its own name and the file's. */
import type { ErrorCode } from '../error/codes.ts'
import { SingleshotError } from '../error/singleshot-error.ts'

/** Makes the error of whoever reads. */
export type Refuse = (rule: string, got: unknown) => SingleshotError

/** Who reads what. */
export interface Reading {
  /** The function that reads. */
  readonly where: string
  readonly file: string
  /** The part of the file that is being read, asked for when something is wrong with it. */
  readonly object?: () => string
}

/** A {@link Refuse} for one code and one file. */
export function refusal(code: ErrorCode, { where, file, object }: Reading): Refuse {
  return (rule, got) =>
    new SingleshotError(code, {
      where,
      rule,
      got,
      file,
      ...(object === undefined ? {} : { object: object() }),
    })
}
