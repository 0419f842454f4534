/**
 * @file Working ahead on things that come one after another: a few are worked on while the last results are used, and
 * no more, however many there are. Results keep the order of the source.
 *
 *     source ──one at a time──▶ [ work │ work │ work │ work ] ──in order──▶ groups of what is ready
 */
import { orAborted } from '../../call/or-aborted.ts'

/** What may be gone through once, in order. */
export type Sequence<T> = Iterable<T> | AsyncIterable<T>

/** How far ahead. */
export interface AheadOptions {
  /** Things that are worked on, or are ready, before somebody asks for them. */
  readonly ahead: number
  /** Results given at once, if so many are ready. Default 1. */
  readonly most?: number
  /** Once it is aborted, its reason is thrown at once, whatever the source does. */
  readonly signal?: AbortSignal | undefined
}

/**
 * The results of some work on each thing of a source, in order, as soon as there are any: one to `most` at once. The
 * source is asked for one thing after another, never while it still looks for the last one. When whoever asks goes
 * away, it is asked no more and told so (`return()`).
 * @throws whatever the source or the work throws, in its place in the order; the signal's reason
 */
export async function* groupsAhead<In, Out>(
  source: Sequence<In>,
  { ahead, most = 1, signal }: AheadOptions,
  work: (thing: In, i: number) => Promise<Out>,
): AsyncGenerator<Out[], void, void> {
  const line = new Line(source, work)
  try {
    for (;;) {
      line.fill(ahead)
      const group = await orAborted(line.take(most), signal)
      if (group.length === 0) return
      line.fill(ahead)
      yield group
    }
  } finally {
    await line.leave()
  }
}

/** A thing that is worked on. */
interface Place<Out> {
  /** Undefined where the source has ended. */
  readonly result: Promise<{ readonly value: Out } | undefined>
  ready: boolean
}

/** Things that are worked on, the oldest first. */
class Line<In, Out> {
  readonly #iterator: Iterator<In> | AsyncIterator<In>
  readonly #work: (thing: In, i: number) => Promise<Out>
  readonly #places: Place<Out>[] = []
  #asked: Promise<IteratorResult<In>> | undefined
  #count = 0
  #waiting = false
  #over = false

  constructor(source: Sequence<In>, work: (thing: In, i: number) => Promise<Out>) {
    this.#iterator =
      Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
    this.#work = work
  }

  /** Asks the source for more until so many are under way or ready. */
  fill(ahead: number): void {
    while (!this.#over && this.#places.length < ahead) this.#places.push(this.#begin())
  }

  /** The next results: waits for the first, and adds those that are ready. Empty at the end. */
  async take(most: number): Promise<Out[]> {
    const group: Out[] = []
    do {
      const found = await this.#places[0]?.result
      if (found === undefined) break
      this.#places.shift()
      group.push(found.value)
    } while (group.length < most && this.#places[0]?.ready)
    return group
  }

  /** Asks for no more, and lets the source clean up. One that is still looking cannot be waited for: a camera may never answer. */
  async leave(): Promise<void> {
    if (this.#over) return
    this.#over = true
    const left = Promise.resolve(this.#iterator.return?.())
    if (this.#waiting) left.catch(() => undefined)
    else await left
  }

  #begin(): Place<Out> {
    const i = this.#count++
    const asked = this.#asked === undefined ? this.#ask() : this.#asked.then(() => this.#ask())
    this.#asked = asked
    const result = asked.then(async (step) =>
      step.done ? undefined : { value: await this.#work(step.value, i) },
    )
    const place = { result, ready: false }
    result.then(
      (found) => {
        place.ready = found !== undefined
      },
      () => undefined, // Told to whoever takes it.
    )
    return place
  }

  async #ask(): Promise<IteratorResult<In>> {
    if (this.#over) return { done: true, value: undefined }
    this.#waiting = true
    try {
      const step = await this.#iterator.next()
      if (step.done) this.#over = true
      return step
    } catch (error) {
      this.#over = true
      throw error
    } finally {
      this.#waiting = false
    }
  }
}
