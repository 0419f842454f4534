/** @file The help of a command, written from its data. */
import type { Command } from './command.ts'
import { COMMON_OPTIONS, type Option, placeholderOf, withoutOf } from './option.ts'

/** Characters of the widest line of a help text. */
const WIDEST_LINE = 110

/** The help text of a command. */
export function helpOf(command: Command): string {
  const rows = Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(rowOf)
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

/** What stands left, and right, of a line about an option. */
function rowOf([name, option]: readonly [string, Option]): readonly [string, string] {
  const without = withoutOf(option)
  const notes = [
    without === undefined ? '' : ` [${without}]`,
    option.required === true ? ' (required)' : '',
  ]
  return [`  --${name} ${placeholderOf(option)}`.trimEnd(), option.text + notes.join('')]
}

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
