/** @file Closing: what it means for an engine, a program and a model, said once. */
import { SingleshotError } from '../error/singleshot-error.ts'

/** What can be freed. Freeing it twice is fine. */
export interface Closable {
  close(): Promise<void>
}

/** The same thing, which `await using` also closes when its block is left. */
export function disposable<T extends Closable>(thing: T): T & AsyncDisposable {
  // Older browsers have no such symbol; there close() is the only way.
  const symbol: typeof Symbol.asyncDispose | undefined = Symbol.asyncDispose
  return Object.assign(thing, symbol && { [symbol]: () => thing.close() }) as unknown as T &
    AsyncDisposable
}

/** What a call meets after closing, and what a call that closing overtook is told. */
export function closedError(where: string, what: 'engine' | 'program'): SingleshotError {
  return new SingleshotError('E_CLOSED', {
    where,
    rule: `expected an open ${what}`,
    got: 'one that was closed',
  })
}
