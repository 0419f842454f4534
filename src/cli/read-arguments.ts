/**
 * @file What was typed, checked against the command's data. Node's own `util.parseArgs` cuts the arguments
 * into tokens; every token is then looked at here, so that each mistake is told in our words: an option
 * that does not exist is an error with a suggestion, never silently passed over.
 */
import { parseArgs } from 'node:util'
import { describeRange } from '../check/describe-range.ts'
import { didYouMean } from '../error/suggest.ts'
import {
  COMMON_OPTIONS,
  type Command,
  type Invocation,
  type Option,
  placeholderOf,
  usageError,
} from './command.ts'

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number]
type OptionToken = Extract<Token, { kind: 'option' }>

/** Reads a command's arguments. @throws SingleshotError E_USAGE naming the option and what it may be */
export function readArguments(
  command: Command,
  args: readonly string[],
): Omit<Invocation, 'signal'> {
  const known = { ...command.options, ...COMMON_OPTIONS }
  const options: Record<string, string | number | boolean | undefined> = {}
  const positionals: string[] = []
  for (const token of cutIntoTokens(args, known)) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind === 'option')
      options[nameOf(token)] = readOption(command, known[nameOf(token)], token)
  }
  if (options.help === true) return { options: { help: true }, positionals }
  if (!command.positionals && positionals.length > 0)
    throw usageError(command, 'expected options only', positionals[0])
  for (const [name, option] of Object.entries(known))
    if (option.required && options[name] === undefined)
      throw usageError(command, `expected the option --${name} ${placeholderOf(option)}`)
  return { options, positionals }
}

function cutIntoTokens(args: readonly string[], known: Readonly<Record<string, Option>>): Token[] {
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

function readOption(command: Command, option: Option | undefined, token: OptionToken) {
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

function readValue(command: Command, name: string, option: Option, value: string): string | number {
  const refuse = (rule: string) => usageError(command, `expected --${name} to be ${rule}`, value)
  const { choices, type } = option
  if (choices !== undefined && !choices.includes(value))
    throw refuse(`one of ${choices.join(', ')}`)
  if (value === '') throw refuse('something')
  if (type === 'size' && !isSize(value, option)) throw refuse(describeOption(option))
  if (type !== 'number' && type !== 'count') return value
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!fits(number, option)) throw refuse(describeOption(option))
  return number
}

function fits(number: number, { type, least, above, most }: Option): boolean {
  if (!Number.isFinite(number) || (type === 'count' && !Number.isInteger(number))) return false
  return (
    number >= (least ?? Number.NEGATIVE_INFINITY) &&
    number > (above ?? Number.NEGATIVE_INFINITY) &&
    number <= (most ?? Number.POSITIVE_INFINITY)
  )
}

function isSize(value: string, { least = 1, most = Number.POSITIVE_INFINITY }: Option): boolean {
  const sides = /^(\d+)x(\d+)$/.exec(value)?.slice(1).map(Number)
  return sides?.every((side) => side >= least && side <= most) ?? false
}

/** "a whole number from 1 to 256", "WIDTHxHEIGHT in pixels, e.g. 320x240, each side from 64 to 2048", ... */
function describeOption({ type, ...range }: Option): string {
  if (type === 'size')
    return describeRange('WIDTHxHEIGHT in pixels, e.g. 320x240, each side', range)
  return describeRange(type === 'count' ? 'a whole number' : 'a number', range)
}
