/** @file The answer to a question that changes: asked again when what it depends on has changed, only the last counts. */
import { untrack } from 'svelte'

/** A question, as it stands now. */
export interface Question<T> {
  /**
   * What it is about, e.g. a picture. The answer to a question about something else is not shown, not even for a
   * moment. Left out: all questions are about the same.
   */
  readonly about?: unknown
  /**
   * Asks; null: there is no answer.
   * @param isWanted whether anybody still waits for the answer; one that takes long may end early
   */
  ask(isWanted: () => boolean): Promise<T | null>
}

/** A question's answer as live state. */
export interface Latest<T> {
  /** The newest answer about what is asked about now; null where there is none, or where asking failed. */
  readonly value: T | null
  /** A newer answer is on its way. */
  readonly busy: boolean
  /** Why the newest question failed; null where it did not. Whoever uses the value shows this. */
  readonly problem: unknown
}

/** How a question ended. */
interface Outcome<T> {
  readonly question: Question<T>
  readonly value: T | null
  readonly problem: unknown
}

/**
 * Asks again whenever live state has changed. Call it at the top of a script. `prepare` reads the state, and may be
 * passed over: while one question runs, only the newest of the others waits, because a slider moves faster than a
 * network answers. Asking ends with the component.
 *
 *     const detected = useLatest(() => {
 *       const { image } = picture.current
 *       return { about: image, ask: () => network.detect(image) }
 *     })
 */
export function useLatest<T>(prepare: () => Question<T>): Latest<T> {
  const question = $derived(prepare())
  let outcome = $state.raw<Outcome<T> | null>(null)
  const shown = $derived(outcome?.question.about === question.about ? outcome : null)
  let next: Question<T> | null = null
  let running = false
  let ended = false

  async function run() {
    running = true
    while (next !== null) {
      const asked: Question<T> = next
      next = null
      const isWanted = () => next === null && !ended
      const answer = await settle(asked, isWanted)
      if (isWanted()) outcome = answer
    }
    running = false
  }

  $effect(() => {
    next = question
    if (!running) untrack(() => void run())
  })
  $effect(() => () => {
    ended = true
    next = null
  })

  return {
    get value() {
      return shown?.value ?? null
    },
    get busy() {
      return outcome?.question !== question
    },
    get problem() {
      return shown?.problem ?? null
    },
  }
}

async function settle<T>(question: Question<T>, isWanted: () => boolean): Promise<Outcome<T>> {
  try {
    return { question, value: await question.ask(isWanted), problem: null }
  } catch (problem) {
    return { question, value: null, problem }
  }
}
