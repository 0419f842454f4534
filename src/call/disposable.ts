/** @file What lasts can be freed: by `close()`, or at the end of a block that declares it with `await using`. */

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
