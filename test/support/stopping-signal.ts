/** @file A signal that is given in the middle of a call, on any machine: when it is looked at for the nth time. */

/** A signal, and how often it was looked at so far. */
export interface WatchedSignal {
  readonly signal: AbortSignal
  readonly looks: () => number
}

/** @param nth look at which it is aborted; 0: never @param reason of the abort */
export function abortedAtLook(nth: number, reason: unknown): WatchedSignal {
  const controller = new AbortController()
  const { signal } = controller
  const isAborted = Object.getOwnPropertyDescriptor(AbortSignal.prototype, 'aborted')!.get!
  let looks = 0
  const look = (): boolean => {
    if (++looks === nth) controller.abort(reason)
    return isAborted.call(signal) as boolean
  }
  const throwIfAborted = () => {
    if (look()) throw signal.reason
  }
  Object.defineProperties(signal, {
    aborted: { get: look },
    throwIfAborted: { value: throwIfAborted },
  })
  return { signal, looks: () => looks }
}
