/**
 * @file A compiled graph as its user holds it, whatever computes it: it checks what it is given, asks its host to do the
 * work, and once closed says so. node.ts brings a host that is a thread, web.ts one that computes where it is called.
 */
import { disposable } from '../call/disposable.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { checkFeeds, checkState, type InputInfo } from './check-feeds.ts'
import { closedError } from './closing.ts'
import type { Program, ProgramSource, RunResult, StateSlot } from './engine.ts'

/** What a program's host does for it. */
export interface ProgramHost {
  /** Asks about this program. @param where the call that asks, which is also what is asked */
  ask(
    where: 'run' | 'readState' | 'writeState',
    body?: object,
    transfer?: ArrayBuffer[],
  ): Promise<unknown>
  /** Frees it. */
  release(): Promise<void>
  /** Whether the engine takes no more questions; `ask` then says why. */
  readonly over: boolean
}

/** A compiled program, and what its state is made of: its own, then that of the program it shares with. */
interface Compiled {
  readonly id: number
  readonly host: ProgramHost
  readonly state: readonly StateSlot[]
}

const compiled = new WeakMap<Program, Compiled>()

/**
 * Makes the program of a graph that was compiled.
 * @param id its number in its engine
 * @param inputs of the graph, state included
 * @param source what it was compiled from
 */
export function programOf(
  id: number,
  host: ProgramHost,
  inputs: readonly InputInfo[],
  { state: own = [], shares }: ProgramSource,
): Program {
  const state = [...own, ...(shares === undefined ? [] : compiled.get(shares)!.state)]
  const stateNames = new Set(state.map((slot) => slot.name))
  const fed = inputs.filter(({ name }) => !stateNames.has(name))
  let closing: Promise<void> | undefined
  const checkOpen = (where: string) => {
    if (closing !== undefined && !host.over) throw closedError(where, 'program')
  }
  const program = disposable({
    run: async (feeds) => {
      checkOpen('run')
      const used = checkFeeds(fed, feeds)
      const buffers = Object.values(used).map(({ data }) => data.buffer)
      const result = await host.ask('run', { feeds: used }, buffers)
      return result as RunResult
    },
    readState: async () => {
      checkOpen('readState')
      return (await host.ask('readState')) as Map<string, Float32Array>
    },
    writeState: async (values) => {
      checkOpen('writeState')
      checkState(state, values)
      await host.ask('writeState', { values })
    },
    close: () => {
      closing ??= host.release()
      return closing
    },
  } satisfies Omit<Program, typeof Symbol.asyncDispose>)
  compiled.set(program, { id, host, state })
  return program
}

/**
 * The number of the program whose state a graph shares.
 * @param mine tells whether a host is one of the engine that compiles
 * @throws SingleshotError E_SHAPE when it is not a program of this engine
 */
export function sharedProgram(
  { shares }: ProgramSource,
  mine: (host: ProgramHost) => boolean,
): number | undefined {
  if (shares === undefined) return undefined
  const found = compiled.get(shares)
  if (found !== undefined && mine(found.host)) return found.id
  throw new SingleshotError('E_SHAPE', {
    where: 'compile',
    rule: 'expected `shares` to be a program of the same engine',
    got: 'another',
  })
}
