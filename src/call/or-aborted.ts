/** @file The one contract of stopping: a call whose signal is aborted rejects with the signal's reason, at once. */

/**
 * A result, or the signal's reason if that comes first. What is under way ends by itself, and nobody hears of it.
 * @throws the signal's reason; whatever the work throws
 */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** Whether what was thrown is that a signal was aborted, and nothing else. */
export function isReason(thrown: unknown, signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true && thrown === signal.reason
}
