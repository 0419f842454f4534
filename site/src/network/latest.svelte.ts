/** @file The answer to a question that changes: asked again when what it depends on has changed, only the last counts. */
import { untrack } from 'svelte'

/** A question's answer as live state. */
export interface Latest<T> {
  /** The newest answer; null before the first one. */
  readonly value: T | null
  /** A newer answer is on its way. */
  readonly busy: boolean
  /** Why the last one failed. */
  readonly problem: unknown
}

/**
 * Asks again whenever live state has changed. Call it at the top of a script. `prepare` reads the state; what it
 * returns asks, and may be passed over: while one question runs, only the newest of the others waits, because a slider
 * moves faster than a network answers.
 *
 *     const trace = useLatest(() => {
 *       const { image, objects } = picture.current
 *       return () => network.trace(image, { objects })
 *     })
 */
export function useLatest<T>(prepare: () => () => Promise<T>): Latest<T> {
  let value = $state.raw<T | null>(null)
  let busy = $state(false)
  let problem = $state.raw<unknown>(null)
  let running = false
  let next: (() => Promise<T>) | null = null

  async function run() {
    running = true
    busy = true
    while (next !== null) {
      const ask: () => Promise<T> = next
      next = null
      try {
        const answer = await ask()
        if (next === null) [value, problem] = [answer, null]
      } catch (error) {
        if (next === null) problem = error
      }
    }
    running = false
    busy = false
  }

  $effect(() => {
    next = prepare()
    if (!running) untrack(() => void run())
  })

  return {
    get value() {
      return value
    },
    get busy() {
      return busy
    },
    get problem() {
      return problem
    },
  }
}
