/** @file What a number may be, in words; the command line and the library say it alike. */

/** The bounds of a number. */
export interface NumberRange {
  /** The smallest value allowed. */
  readonly min?: number | undefined
  /** Every value above this one is allowed, this one is not. */
  readonly above?: number | undefined
  /** The largest value allowed. */
  readonly max?: number | undefined
}

/** "a whole number from 1 to 256", "a number above 0 and at most 1", ... @param noun e.g. `a number` */
export function describeRange(noun: string, { min, above, max }: NumberRange): string {
  if (min !== undefined && max !== undefined) return `${noun} from ${min} to ${max}`
  const bounds = [
    min === undefined ? '' : `of at least ${min}`,
    above === undefined ? '' : `above ${above}`,
    max === undefined ? '' : `at most ${max}`,
  ].filter((bound) => bound !== '')
  return [noun, bounds.join(' and ')].join(' ').trim()
}
