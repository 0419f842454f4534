/** @file What a lesson is: a record of texts, and a figure that is loaded when the lesson opens. */
import type { Component } from 'svelte'

/** Which of the four points (points.ts) a lesson proves. */
export interface Proof {
  readonly point: 1 | 2 | 3 | 4
  /** What can be seen here that proves it, in a few sentences. */
  readonly shows: string
}

/** One lesson. Texts are plain English; a blank line makes a paragraph, `ticks` make code, *stars* stress a word. */
export interface Lesson {
  /** The folder's name and the word in the address, e.g. `02-overlap`. */
  readonly id: string
  /** Its place, from 1; 0 for the map before them, null for the sandbox after them. */
  readonly number: number | null
  /** A few words, for the list and the heading. */
  readonly title: string
  /** What can be seen, then what it is called: at most nine short sentences. */
  readonly idea: string
  /** Loads the figure; it takes no properties. */
  readonly figure: () => Promise<{ readonly default: Component }>
  /** The rest, once the figure has been touched. */
  readonly more?: string
  /** A question that the figure answers to whoever tries. */
  readonly question?: string
  readonly answer?: string
  readonly proof?: Proof
  /** The bridge: one or two sentences above the link to the next lesson. */
  readonly next?: string
}
