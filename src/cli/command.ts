/**
 * @file A command is data: its options with their texts, and what it does. Help is written from the data,
 * so that it cannot be out of date. Parsing is Node's own `util.parseArgs`, in its strict mode: an option
 * that does not exist is an error, never silently passed over.
 */
import { parseArgs } from 'node:util'
import { SingleshotError } from '../error/singleshot-error.ts'

/** One option of a command. */
export interface Option {
  /** 'flag' has no value. */
  readonly type: 'flag' | 'text' | 'number' | 'count' | 'size'
  readonly text: string
  /** What stands for the value in the help, e.g. `DIR`. */
  readonly value?: string
  /** Shown in the help; the code that reads the option applies it. */
  readonly standard?: string
  readonly required?: boolean
  /** Smallest number allowed; `number` options only: exclusive when `above` is set. */
  readonly least?: number
  readonly above?: number
  readonly most?: number
  readonly choices?: readonly string[]
}

/** What a command is given. */
export interface Invocation {
  /** Option values by name: true, text, or a checked number. */
  readonly options: Readonly<Record<string, string | number | boolean | undefined>>
  /** Arguments that are no options. */
  readonly positionals: readonly string[]
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal
}

/** A command. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** After the name, e.g. `--model MODEL IMAGE...`. */
  readonly usage: string
  readonly example: string
  readonly options: Readonly<Record<string, Option>>
  /** Whether arguments that are no options are allowed. */
  readonly positionals?: boolean
  /** @returns the exit code */
  run(invocation: Invocation): Promise<number>
}

/** Options that every command has. */
export const COMMON_OPTIONS: Readonly<Record<string, Option>> = {
  json: { type: 'flag', text: 'write JSON to stdout, and nothing else there' },
  help: { type: 'flag', text: 'show this help' },
}

/** Reads a command's arguments. @throws SingleshotError E_USAGE naming the option and what it may be */
export function readArguments(
  command: Command,
  args: readonly string[],
): Omit<Invocation, 'signal'> {
  const known = { ...command.options, ...COMMON_OPTIONS }
  const { values, positionals } = parseStrictly(command, args, known)
  if (values.help === true) return { options: { help: true }, positionals }
  const options: Record<string, string | number | boolean | undefined> = {}
  for (const [name, option] of Object.entries(known)) {
    const value = values[name]
    if (value === undefined && option.required)
      throw usageError(command, `expected the option --${name} ${option.value ?? ''}`.trim())
    options[name] = typeof value === 'string' ? readValue(command, name, option, value) : value
  }
  return { options, positionals }
}

function parseStrictly(
  command: Command,
  args: readonly string[],
  known: Readonly<Record<string, Option>>,
) {
  const config = Object.fromEntries(
    Object.entries(known).map(([name, { type }]) => [
      name,
      { type: type === 'flag' ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  try {
    return parseArgs({
      args: [...args],
      options: config,
      strict: true,
      allowPositionals: command.positionals ?? false,
    })
  } catch (error) {
    const [sentence] = (error as Error).message.split('. To specify')
    throw usageError(command, `${sentence}${suggest((error as Error).message, Object.keys(known))}`)
  }
}

function readValue(command: Command, name: string, option: Option, value: string): string | number {
  const refuse = (rule: string) => usageError(command, `expected --${name} to be ${rule}`, value)
  if (option.choices !== undefined && !option.choices.includes(value))
    throw refuse(`one of ${option.choices.join(', ')}`)
  if (option.type === 'size' && !/^[1-9]\d{0,4}x[1-9]\d{0,4}$/.test(value))
    throw refuse('WIDTHxHEIGHT in pixels, e.g. 320x240')
  if (option.type !== 'number' && option.type !== 'count') return value
  const number = value.trim() === '' ? Number.NaN : Number(value)
  const {
    least = Number.NEGATIVE_INFINITY,
    above = Number.NEGATIVE_INFINITY,
    most = Number.POSITIVE_INFINITY,
  } = option
  const fits = number >= least && number > above && number <= most
  if (!fits || !Number.isFinite(number) || (option.type === 'count' && !Number.isInteger(number)))
    throw refuse(describeRange(option))
  return number
}

/** "a whole number of at least 1", "a number above 0 and at most 1", ... */
function describeRange({ type, least, above, most }: Option): string {
  const bounds = [
    least === undefined ? '' : `of at least ${least}`,
    above === undefined ? '' : `above ${above}`,
    most === undefined ? '' : `at most ${most}`,
  ].filter((bound) => bound !== '')
  return [type === 'count' ? 'a whole number' : 'a number', bounds.join(' and ')].join(' ').trim()
}

/** The option that was probably meant: the one with the same beginning. */
function suggest(message: string, names: readonly string[]): string {
  const wrong = /--([\w-]+)/.exec(message)?.[1]
  if (wrong === undefined) return ''
  const near = names.find((name) => name.slice(0, 3) === wrong.slice(0, 3) && name !== wrong)
  return near === undefined ? '' : `; did you mean --${near}?`
}

/** An error of the command line. */
export function usageError(
  command: Pick<Command, 'name'>,
  rule: string,
  got?: unknown,
): SingleshotError {
  return new SingleshotError('E_USAGE', {
    where: command.name,
    rule,
    ...(got !== undefined && { got }),
  })
}

/** The help text of a command. */
export function helpOf(command: Command): string {
  const rows = Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(([name, option]) => {
    const left = `  --${name}${option.type === 'flag' ? '' : ` ${option.value ?? 'VALUE'}`}`
    const standard = option.standard === undefined ? '' : ` [${option.standard}]`
    return [left, `${option.text}${standard}${option.required ? ' (required)' : ''}`] as const
  })
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  return [
    command.summary,
    '',
    `Usage: singleshot ${command.name} ${command.usage}`,
    '',
    ...rows.map(([left, right]) => left.padEnd(width) + right),
    '',
    `Example: ${command.example}`,
    '',
  ].join('\n')
}
