/** @file Where the learner is: the address as live state, and the only code that changes it. */
import { formatAddress, parseAddress } from './address.ts'

/** Browsers refuse more than about 100 changes in 30 seconds. */
const PAUSE_MILLISECONDS = 320

/** Words of the address that stay when the learner goes to another lesson. */
const SHARED_KEYS = ['picture', 'pin']

class Route {
  /** Id of the lesson as the address has it; it may name none. */
  lesson = $state('')
  /** Raised whenever the address changed from outside: typed, linked, back, forward. */
  arrivals = $state(0)
  #query = new URLSearchParams()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    this.#arrive()
    addEventListener('popstate', () => this.#arrive())
    addEventListener('pagehide', () => this.#write())
  }

  /** The words after the lesson, as they are now. */
  get query(): URLSearchParams {
    return this.#query
  }

  /** Sets words of the address; null takes one away. The browser's history gets no new entry. */
  set(words: Readonly<Record<string, string | null>>): void {
    const before = this.#query.toString()
    for (const [key, text] of Object.entries(words))
      if (text === null) this.#query.delete(key)
      else this.#query.set(key, text)
    if (this.#query.toString() === before) return
    this.#timer ??= setTimeout(() => this.#write(), PAUSE_MILLISECONDS)
  }

  /** The link to a lesson, at its beginning, with the same picture. @param words of its own controls */
  linkTo(lesson: string, words: Readonly<Record<string, string>> = {}): string {
    const kept = SHARED_KEYS.filter((key) => this.#query.has(key))
    const query = new URLSearchParams(kept.map((key) => [key, this.#query.get(key)!]))
    for (const [key, text] of Object.entries(words)) query.set(key, text)
    return formatAddress({ lesson, query })
  }

  /** Goes to a lesson; the lesson left behind keeps its state in the history. @param words as for {@link Route.linkTo} */
  goTo(lesson: string, words: Readonly<Record<string, string>> = {}): void {
    const link = this.linkTo(lesson, words)
    this.#write()
    history.pushState(null, '', link)
    this.#arrive()
  }

  #write(): void {
    clearTimeout(this.#timer)
    if (this.#timer === undefined) return
    this.#timer = undefined
    const link = formatAddress({ lesson: this.lesson, query: this.#query })
    try {
      history.replaceState(history.state, '', link)
    } catch {
      // A browser that has had enough changes for now; the next one will carry this one too.
    }
  }

  #arrive(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const { lesson, query } = parseAddress(location.hash)
    this.#query = query
    this.lesson = lesson
    this.arrivals += 1
  }
}

/** The one route of the page. */
export const route = new Route()
