/**
 * @file The names in a pickle: a list of those that mean something here, each with what it stands for. Any other name
 * stands for something opaque.
 */
import type { Refuse } from '../refuse.ts'

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

/** Every name that means something. */
export interface PickleNames {
  /** The names by `module name`. */
  readonly list: ReadonlyMap<string, PickleName>
  /** What a persistent id, a reference to something outside the pickle, stands for; absent: none may occur. */
  readonly find?: (id: unknown, refuse: Refuse) => unknown
}

/**
 * Something that a pickle names or makes which is on no list: an argument parser's result, a counter, `os.system`. It is
 * carried, since a training checkpoint holds such things beside its weights, and never looked into, called or run; what
 * is put into it is dropped.
 */
export interface Opaque {
  readonly kind: 'opaque'
  /** `module name`, e.g. `argparse Namespace`. */
  readonly name: string
}

/** Stands for a name that is on no list, or for whatever would have been made with it. */
export function opaque(name: string): Opaque {
  return { kind: 'opaque', name }
}

/** Whether a value of a pickle stands for something unknown. */
export function isOpaque(value: unknown): value is Opaque {
  return isKind(value, 'opaque')
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
  if (isName(value) || isOpaque(value)) return value.name
  if (value instanceof Map) return 'dictionary'
  if (Array.isArray(value)) return 'list'
  if (value === null) return 'None'
  if (typeof value === 'object') return String((value as { kind?: unknown }).kind)
  return typeof value === 'string' ? 'text' : typeof value
}
