/** @file The probabilities of one anchor. */
import type { Answers } from './answers.ts'

/** One class's chance. */
export interface Chance {
  /** "background", or the class. */
  readonly name: string
  /** 0..1 */
  readonly chance: number
  /** A class whose chance is above the threshold: it counts. */
  readonly counts: boolean
}

/** At most this many classes are listed; a network may know ninety. */
const MOST_LISTED = 4

/** Background first, then the likeliest classes. */
export function chancesOf(
  { config: { classes }, probabilities }: Pick<Answers, 'config' | 'probabilities'>,
  anchor: number,
  scoreThreshold: number,
): Chance[] {
  const columns = classes.length + 1
  const row = probabilities.subarray(anchor * columns, (anchor + 1) * columns)
  const known = classes
    .map((name, c) => ({ name, chance: row[c + 1]!, counts: row[c + 1]! > scoreThreshold }))
    .toSorted((a, b) => b.chance - a.chance)
    .slice(0, MOST_LISTED)
  return [{ name: 'background', chance: row[0]!, counts: false }, ...known]
}
