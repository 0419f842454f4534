/**
 * @file The one way in which what comes from outside is checked: by its schema, where it enters. Every wrong place is
 * named in one message, with what is allowed there and what was found:
 *
 *     detect: scoreThreshold: expected a number from 0 to 1, got "3"; maxDetection: there is no such setting; did you
 *     mean maxDetections?
 */
import * as z from 'zod/mini'
import type { ErrorCode } from '../error/codes.ts'
import { type ErrorParts, formatValue, SingleshotError } from '../error/singleshot-error.ts'
import { didYouMean } from '../error/suggest.ts'
import { branchesOf, childOf, describeNode, nodeOf, type SchemaNode } from './describe-schema.ts'

/** Whose options they are, for the message. */
export interface CheckOrigin extends Pick<ErrorParts, 'file' | 'object' | 'remedy'> {
  /** Default E_CONFIG. */
  readonly code?: ErrorCode
  /** What the message begins with, before the wrong places. */
  readonly opening?: string
}

/** A checked value: what was given as undefined counts as not given. */
export type Checked<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Wrong places that a message names; more are counted. */
const MOST_NAMED = 8
/** Characters of one wrong value. */
const LONGEST_GOT = 60
/** Known names that a message lists where none is near the wrong one. */
const MOST_KNOWN = 12

/**
 * Checks a value by its schema.
 * @param where the function that it was given to
 * @returns the value as the schema has it, without entries that are undefined
 * @throws SingleshotError E_CONFIG, or the code of `origin`, naming all that is wrong
 */
export function checkOptions<S extends z.core.$ZodType>(
  schema: S,
  value: unknown,
  where: string,
  { code = 'E_CONFIG', opening = '', ...parts }: CheckOrigin = {},
): Checked<z.output<S>> {
  const problems = findProblems(schema, value)
  if (Array.isArray(problems)) {
    const named = problems.slice(0, MOST_NAMED)
    const more = problems.length - named.length
    const rule = [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
    throw new SingleshotError(code, { where, rule: `${opening}${rule}`, ...parts })
  }
  return withoutUndefined(problems.data)
}

/** The schema's version of the value, or every wrong place of it as `place: expected …, got …`. */
function findProblems<S extends z.core.$ZodType>(
  schema: S,
  value: unknown,
): string[] | { readonly data: z.output<S> } {
  const parsed = z.safeParse(schema, value)
  if (parsed.success) return parsed
  return describeIssues(parsed.error.issues, { node: nodeOf(schema), value, path: '' })
}

/** A place in the value: what is allowed there, what stands there, and its name. */
interface Place {
  readonly node: SchemaNode
  readonly value: unknown
  readonly path: string
}

function describeIssues(issues: readonly z.core.$ZodIssue[], root: Place): string[] {
  return issues.flatMap((issue) => describeIssue(issue, issue.path.reduce(enter, root)))
}

function enter({ node, value, path }: Place, key: PropertyKey): Place {
  const inner = typeof value === 'object' && value !== null && Object.hasOwn(value, key)
  return {
    node: childOf(node, value, key),
    value: inner ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    path: path === '' ? String(key) : `${path}.${String(key)}`,
  }
}

function describeIssue(issue: z.core.$ZodIssue, place: Place): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => describeUnknown(key, place))
  if (issue.code === 'custom') {
    const { got } = issue.params ?? {}
    return [got === undefined ? say(place, issue.message) : sayFound(place, issue.message, got)]
  }
  if (issue.code === 'invalid_union' && typeof place.value === 'object' && place.value !== null)
    return describeUnion(issue.errors, place)
  return [say(place, `expected ${describeNode(place.node)}`)]
}

/** Of several alternatives, the one that was probably meant: with the fewest names missing or too many. */
function describeUnion(errors: readonly z.core.$ZodIssue[][], place: Place): string[] {
  const misnamed = (issues: readonly z.core.$ZodIssue[]) =>
    issues.reduce(
      (sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1),
      0,
    )
  const [best] = errors
    .map((issues, branch) => ({ issues, branch, count: misnamed(issues) }))
    .sort((a, b) => a.count - b.count)
  if (best === undefined) return [say(place, `expected ${describeNode(place.node)}`)]
  const node = branchesOf(place.node)[best.branch] ?? place.node
  return describeIssues(best.issues, { ...place, node })
}

function describeUnknown(key: string, { node, path }: Place): string {
  const known = [
    ...new Set(branchesOf(node).flatMap(({ properties = {} }) => Object.keys(properties))),
  ]
  const meant = didYouMean(key, known)
  const listed = known.slice(0, MOST_KNOWN).join(', ') + (known.length > MOST_KNOWN ? ', …' : '')
  const place = formatValue(path === '' ? key : `${path}.${key}`, LONGEST_GOT)
  return `${place}: there is no such setting${meant === '' ? `; there are ${listed}` : meant}`
}

/** What is wrong with the value of a place; text in quotes, so that "3" is seen to be no number. */
function say(place: Place, rule: string): string {
  const { value } = place
  return sayFound(place, rule, typeof value === 'string' ? JSON.stringify(value) : value)
}

/** The same for a fact about the value, e.g. how many entries it has. */
function sayFound({ path }: Place, rule: string, got: unknown): string {
  const found = got === undefined ? 'nothing' : formatValue(got, LONGEST_GOT)
  return `${path === '' ? '' : `${path}: `}${rule}, got ${found}`
}

function withoutUndefined<T>(value: T): Checked<T> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value as Checked<T>
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return Object.fromEntries(entries) as Checked<T>
}
