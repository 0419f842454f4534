/** @file Answers kept by what was asked. A failure is never kept: whoever asks again gets another try. */

/** How much is kept. */
export interface PromiseCacheOptions<T> {
  /** At most this many answers; the one unused for longest goes first. */
  readonly most: number
  /** Frees what an answer holds when it goes. */
  readonly free?: (value: T) => Promise<void>
}

/** Makes each answer once, keeps it while there is room, and forgets it if making it failed. */
export class PromiseCache<T> {
  readonly #options: PromiseCacheOptions<T>
  /** The one unused for longest comes first. */
  readonly #held = new Map<string, Promise<T>>()

  /** @param options how many answers are kept, and how one is freed */
  constructor(options: PromiseCacheOptions<T>) {
    this.#options = options
  }

  /**
   * The answer for a key; all who ask while it is being made share it.
   * @param make called only where no answer is kept
   * @throws whatever `make` throws
   */
  get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#held.get(key)
    const answer = known ?? make()
    this.#held.delete(key)
    this.#held.set(key, answer)
    if (known === undefined) this.#forgetIfItFails(key, answer)
    this.#makeRoom()
    return answer
  }

  #forgetIfItFails(key: string, answer: Promise<T>): void {
    answer.catch(() => {
      if (this.#held.get(key) === answer) this.#held.delete(key)
    })
  }

  #makeRoom(): void {
    const [oldest] = this.#held
    if (this.#held.size <= this.#options.most || oldest === undefined) return
    const [key, answer] = oldest
    this.#held.delete(key)
    void answer.then(this.#options.free).catch(() => undefined)
  }
}
