/**
 * @file What was typed, checked against the command's data. Node's own `util.parseArgs` cuts the arguments
 * into tokens; every token is then looked at here, so that each mistake is told in our words: an option
 * that does not exist is an error with a suggestion, never silently passed over.
 */
import { parseArgs } from 'node:util'
import type { Size } from '../box/box.ts'
import { describeRange } from '../check/describe-range.ts'
import { didYouMean } from '../error/suggest.ts'
import { type Command, type Invocation, usageError } from './command.ts'
import {
  type AnyValue,
  COMMON_OPTIONS,
  type Option,
  type Options,
  placeholderOf,
} from './option.ts'

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number]
type OptionToken = Extract<Token, { kind: 'option' }>

/**
 * Reads a command's arguments.
 * @returns the options, with defaults in place; undefined where help was asked for
 * @throws SingleshotError E_USAGE naming the option and what it may be
 */
export function readArguments<O extends Options>(
  command: Command<O>,
  args: readonly string[],
): Omit<Invocation<O>, 'signal'> | undefined {
  const known = { ...command.options, ...COMMON_OPTIONS }
  const typed = new Map<string, AnyValue>()
  const positionals: string[] = []
  for (const token of cutIntoTokens(args, known)) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind === 'option')
      typed.set(nameOf(token), readOption(command, known[nameOf(token)], token))
  }
  if (typed.has('help')) return undefined
  if (!command.positionals && positionals.length > 0)
    throw usageError(command, 'expected options only', positionals[0])
  const options = complete(command, typed)
  return { options, given: new Set(typed.keys()), positionals }
}

/** Puts defaults where nothing was typed. Every value has passed its option, which is what the type says. */
function complete<O extends Options>(
  command: Command<O>,
  typed: ReadonlyMap<string, AnyValue>,
): Invocation<O>['options'] {
  const known: Options = { ...command.options, ...COMMON_OPTIONS }
  const entries = Object.entries(known).map(([name, option]) => {
    if (option.required === true && !typed.has(name))
      throw usageError(command, `expected the option --${name} ${placeholderOf(option)}`)
    return [name, typed.get(name) ?? (option.type === 'flag' ? false : option.default)] as const
  })
  return Object.fromEntries(entries) as Invocation<O>['options']
}

function cutIntoTokens(args: readonly string[], known: Options): Token[] {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { type }]) => [
      name,
      { type: type === 'flag' ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  return parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens
}

/** `-h` is the one short option. */
function nameOf({ rawName, name }: OptionToken): string {
  return rawName === '-h' ? 'help' : name
}

function readOption(
  command: Pick<Command, 'name' | 'options'>,
  option: Option | undefined,
  token: OptionToken,
): AnyValue {
  const { rawName, value, inlineValue } = token
  if (option === undefined) {
    const names = Object.keys({ ...command.options, ...COMMON_OPTIONS })
    const meant = didYouMean(token.name, names, (name) => `--${name}`)
    throw usageError(command, `there is no option ${rawName}${meant}`)
  }
  if (option.type === 'flag') {
    if (value === undefined) return true
    throw usageError(command, `expected no value after ${rawName}`, value)
  }
  // `--out --resume`: the folder was forgotten. A minus alone may begin a number.
  if (value === undefined || (!inlineValue && value.startsWith('--')))
    throw usageError(command, `expected a value after ${rawName}: ${placeholderOf(option)}`)
  return readValue(command, token.name, option, value)
}

function readValue(
  command: Pick<Command, 'name'>,
  name: string,
  option: Option,
  value: string,
): AnyValue {
  const refuse = (rule: string) => usageError(command, `expected --${name} to be ${rule}`, value)
  const { choices, type } = option
  if (choices !== undefined && !choices.includes(value))
    throw refuse(`one of ${choices.join(', ')}`)
  if (value === '') throw refuse('something')
  if (type === 'size') {
    const size = readSize(value, option)
    if (size === undefined) throw refuse(describeOption(option))
    return size
  }
  if (type !== 'number' && type !== 'count') return value
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!fits(number, option)) throw refuse(describeOption(option))
  return number
}

function fits(number: number, { type, min, above, max }: Option): boolean {
  if (!Number.isFinite(number) || (type === 'count' && !Number.isInteger(number))) return false
  return (
    number >= (min ?? Number.NEGATIVE_INFINITY) &&
    number > (above ?? Number.NEGATIVE_INFINITY) &&
    number <= (max ?? Number.POSITIVE_INFINITY)
  )
}

/** `320x240` as a size; undefined where it is none, or too small or large. */
function readSize(
  value: string,
  { min = 1, max = Number.POSITIVE_INFINITY }: Option,
): Size | undefined {
  const [width, height] = /^(\d+)x(\d+)$/.exec(value)?.slice(1).map(Number) ?? []
  if (width === undefined || height === undefined) return undefined
  return Math.min(width, height) >= min && Math.max(width, height) <= max
    ? { width, height }
    : undefined
}

/** "a whole number from 1 to 256", "WIDTHxHEIGHT in pixels, e.g. 320x240, each side from 64 to 2048", ... */
function describeOption({ type, ...range }: Option): string {
  if (type === 'size')
    return describeRange('WIDTHxHEIGHT in pixels, e.g. 320x240, each side', range)
  return describeRange(type === 'count' ? 'a whole number' : 'a number', range)
}
