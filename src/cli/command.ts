/**
 * @file A command is data: its options with their texts, and what it does. Help is written from the data,
 * so that it cannot be out of date; read-arguments.ts checks what was typed against the same data.
 *
 * A command's file loads nothing heavy at its top: `--help` must not wait for the engine.
 */
import { SingleshotError } from '../error/singleshot-error.ts'

/** One option of a command. */
export interface Option {
  /** 'flag' has no value; 'count' is a whole number; 'size' is written 320x240. */
  readonly type: 'flag' | 'text' | 'number' | 'count' | 'size'
  readonly text: string
  /** What stands for the value in the help, e.g. `DIR`. */
  readonly value?: string
  /** Shown in the help; the code that reads the option applies it. */
  readonly standard?: string
  readonly required?: boolean
  /** Smallest number allowed. */
  readonly least?: number
  /** The number must be larger than this. */
  readonly above?: number
  /** Largest number allowed; for a size, of each side. */
  readonly most?: number
  readonly choices?: readonly string[]
}

/** What a command is given. */
export interface Invocation {
  /** Option values by name: true, text, or a checked number. */
  readonly options: Readonly<Record<string, string | number | boolean | undefined>>
  /** Arguments that are no options. */
  readonly positionals: readonly string[]
  /** Aborted by the first Ctrl-C, and by whatever else stops a command. */
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
  /** Whether it saves its work when it is stopped, however long that takes; others get a moment to end. */
  readonly saves?: boolean
  /** @returns the exit code; EXIT.interrupted when it was stopped */
  run(invocation: Invocation): Promise<number>
}

/** Options that every command has. */
export const COMMON_OPTIONS: Readonly<Record<string, Option>> = {
  json: { type: 'flag', text: 'write JSON to stdout, and nothing else there' },
  help: { type: 'flag', text: 'show this help (also -h)' },
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

/** What stands for an option's value: a word like DIR, or its choices; empty for a flag. */
export function placeholderOf({ type, choices, value }: Option): string {
  return type === 'flag' ? '' : (value ?? choices?.join('|') ?? 'VALUE')
}

/** The help text of a command. */
export function helpOf(command: Command): string {
  const rows = Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(([name, option]) => {
    const left = `  --${name} ${placeholderOf(option)}`.trimEnd()
    const standard = option.standard === undefined ? '' : ` [${option.standard}]`
    return [left, `${option.text}${standard}${option.required ? ' (required)' : ''}`] as const
  })
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  return [
    command.summary,
    '',
    `Usage: singleshot ${command.name} ${command.usage}`,
    '',
    ...rows.flatMap(([left, right]) =>
      wrap(right, WIDEST_LINE - width).map((line, i) => (i === 0 ? left : '').padEnd(width) + line),
    ),
    '',
    `Example: ${command.example}`,
    '',
  ].join('\n')
}

/** Characters of the widest line of a help text. */
const WIDEST_LINE = 110

/** A text in lines of at most so many characters, broken at spaces. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}
