/** @file What a diagram shows: lines over time. */

/** One line. */
export interface Curve {
  readonly name: string
  /** In order of x. A y that is null or not finite is left out, and the line is broken there. */
  readonly points: readonly { readonly x: number; readonly y: number | null }[]
}

/** One diagram. */
export interface Panel {
  readonly title: string
  /** What x counts, e.g. `epoch`. */
  readonly xLabel: string
  readonly curves: readonly Curve[]
  /** Ends of the y axis; default from 0 (or the lowest value) to the highest. Scores want [0, 1]. */
  readonly yRange?: readonly [number, number]
}
