/** @file A number that a figure shows. */

/** One number of a figure. */
export interface LiveNumber {
  /** For tests: `data-number="iou"`. */
  readonly name: string
  /** For people. */
  readonly label: string
  /** Exact, as the library gave it. */
  readonly value: number
  readonly unit?: string
  /** Decimals shown, default 2. */
  readonly digits?: number
  /** Shown instead of the number, e.g. "none". */
  readonly text?: string
  /** The number that the figure is about: shown large. */
  readonly main?: boolean
}
