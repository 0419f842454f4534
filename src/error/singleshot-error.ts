/**
 * @file The one error class. Its message follows one grammar, so that it can be read and tested:
 *
 *     where: rule, got value (file, object)
 *
 * for example `readVoc: expected xmin < xmax, got xmin 90, xmax 40 (cells/0042.xml, object 3)`.
 */
import { ERRORS, type ErrorCode } from './codes.ts'

/** What an error says, part by part. */
export interface ErrorParts {
  /** The function or stage that refused, e.g. `readVoc`. */
  readonly where: string
  /** What was expected, as a rule, e.g. `expected xmin < xmax`. */
  readonly rule: string
  /** The offending value; it is printed after `got`. */
  readonly got?: unknown
  /** The file, image or option it came from. */
  readonly file?: string
  /** The object inside the file, e.g. `object 3`. */
  readonly object?: string
  /** The error underneath, kept for the log. */
  readonly cause?: unknown
}

/** An error with a stable code, for people (message) and programs (code, exitCode). */
export class SingleshotError extends Error {
  override readonly name = 'SingleshotError'
  readonly code: ErrorCode
  readonly parts: ErrorParts

  /** @param code a key of the table in codes.ts @param parts what the message is made of */
  constructor(code: ErrorCode, parts: ErrorParts) {
    super(formatMessage(parts), parts.cause === undefined ? undefined : { cause: parts.cause })
    this.code = code
    this.parts = parts
  }

  /** The exit code of the CLI for this error. */
  get exitCode(): number {
    return ERRORS[this.code].exit
  }
}

/** `where: rule, got value (file, object)`, leaving out what is absent. */
export function formatMessage(parts: ErrorParts): string {
  const got = 'got' in parts ? `, got ${formatValue(parts.got)}` : ''
  const origin = [parts.file, parts.object].filter((part) => part !== undefined).join(', ')
  return `${parts.where}: ${parts.rule}${got}${origin === '' ? '' : ` (${origin})`}`
}

function formatValue(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return `[${value.map(formatValue).join(', ')}]`
  if (typeof value === 'number' || value === null || value === undefined) return String(value)
  return JSON.stringify(value)
}

/** The text of any thrown thing, without a stack. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
