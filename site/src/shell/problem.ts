/** @file What went wrong, as a person should read it: a sentence, and what to do. Never a stack. */
import { ERRORS, type ErrorCode } from 'singleshot/core'

/** Something that went wrong, as plain data; it can cross from the worker to the page. */
export interface Problem {
  /** A key of docs/errors.md; null for what is not the library's. */
  readonly code: string | null
  readonly sentence: string
  /** What to do. */
  readonly remedy: string
}

/** An error whose sentence was written for the learner. */
export class PageError extends Error {
  readonly problem: Problem

  /** @param sentence what is the matter @param remedy what to do */
  constructor(sentence: string, remedy: string, code: string | null = null) {
    super(`${sentence} ${remedy}`)
    this.problem = { code, sentence, remedy }
  }
}

/** Any thrown thing as a problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof PageError) return error.problem
  if (isProblem(error)) return error
  const code = codeOf(error)
  const sentence = error instanceof Error ? error.message : String(error)
  if (code !== null) return { code, sentence, remedy: ERRORS[code].remedy }
  return {
    code: null,
    sentence: `Something went wrong: ${sentence}`,
    remedy: 'Reload the page. If it happens again, please report it.',
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'sentence' in value && 'remedy' in value
}

function codeOf(error: unknown): ErrorCode | null {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && code in ERRORS ? (code as ErrorCode) : null
}
