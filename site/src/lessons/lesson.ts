/** @file What a lesson is: a record of texts, and a figure that is loaded when the lesson opens. */
import type { Component } from 'svelte'

/** Which of the four points of the whole page a lesson proves. */
export interface Proof {
  readonly point: 1 | 2 | 3 | 4
  /** What can be seen here that proves it, in a sentence. */
  readonly shows: string
}

/** One lesson. Texts are plain English; a blank line makes a paragraph, `ticks` make code, *stars* stress a word. */
export interface Lesson {
  /** The folder's name and the word in the address, e.g. `02-overlap`. */
  readonly id: string
  /** Its place; null for the sandbox, which stands apart. */
  readonly number: number | null
  /** A few words, for the list and the heading. */
  readonly title: string
  /** The one idea, in one to four short sentences. */
  readonly idea: string
  /** Loads the figure; it takes no properties. */
  readonly figure: () => Promise<{ readonly default: Component }>
  /** What else should be said once the figure was touched. */
  readonly more?: string
  /** A question that the figure answers to whoever tries. */
  readonly question?: string
  readonly answer?: string
  readonly proof?: Proof
}
