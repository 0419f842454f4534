/**
 * @file An option of a command is data, and its type follows from the data: `{ type: 'count', default: 8 }` is read as
 * a number, `{ type: 'text', choices: ['cpu', 'webgpu'] }` as one of the two words, or undefined where it was left out.
 */
import type { Size } from '../box/box.ts'

/** One option of a command. */
export interface Option {
  /** 'flag' has no value; 'count' is a whole number; 'size' is written 320x240. */
  readonly type: 'flag' | 'text' | 'number' | 'count' | 'size'
  readonly text: string
  /** What stands for the value in the help, e.g. `DIR`. */
  readonly value?: string
  /** The value where the option is left out. */
  readonly default?: string | number | Size
  /** Where the value is decided later: what happens without the option, in words for the help. */
  readonly otherwise?: string
  readonly required?: boolean
  /** Smallest number allowed; for a size, of each side. */
  readonly min?: number
  /** The number must be larger than this. */
  readonly above?: number
  /** Largest number allowed; for a size, of each side. */
  readonly max?: number
  /** The only texts allowed. */
  readonly choices?: readonly string[]
}

/** The options of a command, by name. */
export type Options = Readonly<Record<string, Option>>

/** What any option may be read as. */
export type AnyValue = boolean | number | string | Size

/** What is read for an option that was given. */
type Given<O extends Option> = O extends { readonly type: 'flag' }
  ? boolean
  : O extends { readonly type: 'number' | 'count' }
    ? number
    : O extends { readonly type: 'size' }
      ? Size
      : O extends { readonly choices: readonly (infer Choice)[] }
        ? Choice
        : string

/** Whether an option always has a value: it is required, has a default, or is a flag, which is false when left out. */
type Sure =
  | { readonly required: true }
  | { readonly default: string | number | Size }
  | { readonly type: 'flag' }

/** The value of an option; of any option, where nothing is known of its data. */
export type Value<O extends Option> = Option extends O
  ? AnyValue | undefined
  : O extends Sure
    ? Given<O>
    : Given<O> | undefined

/** The values of some options, by name. */
export type Values<O extends Options> = { readonly [Name in keyof O]: Value<O[Name]> }

/** Options that every command has. */
export const COMMON_OPTIONS = {
  json: { type: 'flag', text: 'write JSON to stdout, and nothing else there' },
  help: { type: 'flag', text: 'show this help (also -h)' },
} as const satisfies Options

/** The names of a record, as choices. */
export function namesOf<Name extends string>(record: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(record) as Name[]
}

/** What stands for an option's value: a word like DIR, or its choices; empty for a flag. */
export function placeholderOf({ type, choices, value }: Option): string {
  return type === 'flag' ? '' : (value ?? choices?.join('|') ?? 'VALUE')
}

/** What stands for an option that is left out, in words: its default, or what happens otherwise; undefined if nothing does. */
export function withoutOf({ default: value, otherwise }: Option): string | undefined {
  if (typeof value === 'object') return `${value.width}x${value.height}`
  return value === undefined ? otherwise : `${value}`
}
