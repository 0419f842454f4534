/** @file What a number may be, in words; the command line and the library say it alike. */

/** The bounds of a number. */
export interface NumberRange {
  /** The smallest value allowed. */
  readonly least?: number | undefined
  /** Every value above this one is allowed, this one is not. */
  readonly above?: number | undefined
  /** The largest value allowed. */
  readonly most?: number | undefined
}

/** "a whole number from 1 to 256", "a number above 0 and at most 1", ... @param noun e.g. `a number` */
export function describeRange(noun: string, { least, above, most }: NumberRange): string {
  if (least !== undefined && most !== undefined) return `${noun} from ${least} to ${most}`
  const bounds = [
    least === undefined ? '' : `of at least ${least}`,
    above === undefined ? '' : `above ${above}`,
    most === undefined ? '' : `at most ${most}`,
  ].filter((bound) => bound !== '')
  return [noun, bounds.join(' and ')].join(' ').trim()
}
