/**
 * @file A command is data: its options with their texts, and what it does. Help is written from the data,
 * so that it cannot be out of date; read-arguments.ts checks what was typed against the same data.
 *
 * A command's file loads nothing heavy at its top: `--help` must not wait for the engine.
 */
import { SingleshotError } from '../error/singleshot-error.ts'
import type { COMMON_OPTIONS, Options, Values } from './option.ts'

/** What a command is given. */
export interface Invocation<O extends Options = Options> {
  /** Option values by name. */
  readonly options: Values<O> & Values<typeof COMMON_OPTIONS>
  /** The names of the options that were typed. */
  readonly given: ReadonlySet<string>
  /** Arguments that are no options. */
  readonly positionals: readonly string[]
  /** Aborted by the first Ctrl-C, and by whatever else stops a command. */
  readonly signal: AbortSignal
}

/** A command. */
export interface Command<O extends Options = Options> {
  readonly name: string
  readonly summary: string
  /** After the name, e.g. `--model MODEL IMAGE...`. */
  readonly usage: string
  readonly example: string
  readonly options: O
  /** Whether arguments that are no options are allowed. */
  readonly positionals?: boolean
  /** Whether it saves its work when it is stopped, however long that takes; others get a moment to end. */
  readonly saves?: boolean
  /** @returns the exit code; EXIT.interrupted when it was stopped */
  run(invocation: Invocation<O>): Promise<number>
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
