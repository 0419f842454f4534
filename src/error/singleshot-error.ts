/**
 * @file The one error class. Its message follows one grammar, so that it can be read and tested:
 *
 *     where: rule, got value (file, object)
 *
 * for example `readVoc: expected xmin < xmax, got xmin 90, xmax 40 (cells/0042.xml, object 3)`.
 *
 * Whatever came from outside is printed safely and in bounded length (printable.ts).
 */
import { ERRORS, type ErrorCode } from './codes.ts'
import { LONGEST_MESSAGE, LONGEST_VALUE, printable, shorten } from './printable.ts'

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
  /** What to do about this very cause, where the remedy of the code in general would not fit. */
  readonly remedy?: string
  /** The error underneath, kept for the log. */
  readonly cause?: unknown
}

/** An error with a stable code, for people (message, remedy) and programs (code, exitCode). */
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

  /** What to do about it, one or two sentences. */
  get remedy(): string {
    return this.parts.remedy ?? ERRORS[this.code].remedy
  }
}

/** `where: rule, got value (file, object)`, leaving out what is absent. */
export function formatMessage(parts: ErrorParts): string {
  const got = 'got' in parts ? `, got ${formatValue(parts.got)}` : ''
  const origin = [parts.file, parts.object]
    .filter((part) => part !== undefined)
    .map((part) => shorten(part, LONGEST_VALUE))
    .join(', ')
  const rule = shorten(parts.rule, LONGEST_MESSAGE / 2)
  return printable(`${parts.where}: ${rule}${got}${origin === '' ? '' : ` (${origin})`}`)
}

/** A value as text of at most so many characters, whatever its size, depth or kind. */
export function formatValue(value: unknown, longest = LONGEST_VALUE): string {
  return shorten(describeValue(value, 2), longest)
}

/** Entries of a list or an object that are looked at; more would only be cut again. */
const SHOWN_ENTRIES = 20

function describeValue(value: unknown, depth: number): string {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  if (typeof value !== 'object' || value === null) return String(value)
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return `${value.constructor.name} of ${value.byteLength} bytes`
  if (depth === 0) return Array.isArray(value) ? '[…]' : '{…}'
  if (Array.isArray(value)) {
    const shown = value.slice(0, SHOWN_ENTRIES).map((entry) => describeValue(entry, depth - 1))
    return `[${[...shown, ...moreThan(value.length)].join(', ')}]`
  }
  const entries = Object.entries(value)
  const shown = entries
    .slice(0, SHOWN_ENTRIES)
    .map(([key, entry]) => `${JSON.stringify(key)}:${describeEntry(entry, depth - 1)}`)
  return `{${[...shown, ...moreThan(entries.length)].join(',')}}`
}

const describeEntry = (value: unknown, depth: number) =>
  typeof value === 'string' ? JSON.stringify(value) : describeValue(value, depth)

const moreThan = (count: number) => (count > SHOWN_ENTRIES ? [`${count - SHOWN_ENTRIES} more`] : [])

/** The text of any thrown thing, without a stack. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
