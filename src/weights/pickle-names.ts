/** @file What a pickle may mention: a list of names, each with what it stands for here. */
import type { Refuse } from './refuse.ts'

/**
 * A name on the list. A pickle cannot make such an object itself: its dictionaries are Maps and its lists
 * arrays, so a value with this `kind` is one of the list.
 */
export interface PickleName {
  readonly kind: 'name'
  /** `module name`, e.g. `collections OrderedDict`. */
  readonly name: string
  /** What a call of it makes; absent if it is only mentioned, as the type of a storage is. */
  readonly call?: (args: readonly unknown[], refuse: Refuse) => unknown
}

/** Everything that a pickle may mention. */
export interface PickleNames {
  /** The names by `module name`. */
  readonly list: ReadonlyMap<string, PickleName>
  /** What a persistent id, a reference to something outside the pickle, stands for; absent: none may occur. */
  readonly find?: (id: unknown, refuse: Refuse) => unknown
}

/** Python's OrderedDict. Unlike a plain dictionary it may be given attributes, which are of no use here. */
export class OrderedDict extends Map<unknown, unknown> {}

/** Whether a value of a pickle is a name of the list. */
export function isName(value: unknown): value is PickleName {
  return isKind(value, 'name')
}

/** Whether a value of a pickle was made by a name of the list, by the `kind` it was given. */
export function isKind<K extends string>(value: unknown, kind: K): value is { readonly kind: K } {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === kind
}

/** What a value of a pickle is, in a word, for messages; never the value, which may be of any size. */
export function kindOf(value: unknown): string {
  if (isName(value)) return value.name
  if (value instanceof Map) return 'dictionary'
  if (Array.isArray(value)) return 'list'
  if (value === null) return 'None'
  if (typeof value === 'object') return String((value as { kind?: unknown }).kind)
  return typeof value === 'string' ? 'text' : typeof value
}
