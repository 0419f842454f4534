/**
 * @file The state of a pickle while it is read: a stack of values, marks in it, and a memo of values to be
 * used again. Every access is checked, so that no pickle can reach below the stack or its latest mark.
 */
import type { ByteReader } from '../byte-reader.ts'
import type { Refuse } from '../refuse.ts'
import { kindOf, type PickleNames } from './pickle-names.ts'

/** What a machine works with. */
export interface PickleContext {
  /** Stands at the byte after the instruction. */
  readonly reader: ByteReader
  readonly names: PickleNames
  readonly refuse: Refuse
}

/** A stack, its marks and the memo. */
export class PickleMachine {
  readonly reader: ByteReader
  readonly names: PickleNames
  readonly refuse: Refuse
  readonly #stack: unknown[] = []
  /** Heights of the stack, rising. */
  readonly #marks: number[] = []
  readonly #memo = new Map<number, unknown>()

  constructor({ reader, names, refuse }: PickleContext) {
    this.reader = reader
    this.names = names
    this.refuse = refuse
  }

  /** Puts a value on the stack. */
  push(value: unknown): void {
    this.#stack.push(value)
  }

  /** Takes the latest value off the stack. */
  pop(): unknown {
    const value = this.top()
    this.#stack.length -= 1
    return value
  }

  /** The latest value. */
  top(): unknown {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0))
      throw this.refuse('expected a value on the stack; the pickle is damaged', 'none')
    return this.#stack.at(-1)
  }

  /** Takes the latest values off the stack, first come first. */
  popMany(count: number): unknown[] {
    return Array.from({ length: count }, () => this.pop()).reverse()
  }

  /** The latest value, which must be a dictionary. */
  topMap(): Map<unknown, unknown> {
    const value = this.top()
    if (value instanceof Map) return value
    throw this.refuse('expected a dictionary to put entries into', kindOf(value))
  }

  /** The latest value, which must be a list. */
  topList(): unknown[] {
    const value = this.top()
    if (Array.isArray(value)) return value
    throw this.refuse('expected a list to put values into', kindOf(value))
  }

  /** Remembers the height of the stack. */
  mark(): void {
    this.#marks.push(this.#stack.length)
  }

  /** Takes off all values above the latest mark, and the mark. */
  popToMark(): unknown[] {
    const height = this.#marks.pop()
    if (height === undefined)
      throw this.refuse('expected a mark on the stack; the pickle is damaged', 'none')
    return this.#stack.splice(height)
  }

  /** Remembers the latest value under a number. */
  remember(key: number): void {
    this.#memo.set(key, this.top())
  }

  /** Puts a remembered value on the stack: the same, not a copy. */
  recall(key: number): void {
    if (!this.#memo.has(key))
      throw this.refuse('expected a value that was remembered; the pickle is damaged', key)
    this.push(this.#memo.get(key))
  }

  /** What the pickle leaves: its only value. */
  result(): unknown {
    const value = this.pop()
    if (this.#stack.length + this.#marks.length > 0)
      throw this.refuse('expected one value in the end', this.#stack.length + 1)
    return value
  }
}
