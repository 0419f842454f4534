/** @file "Did you mean ...?": the known word that is fewest keystrokes away from an unknown one. */

/** At most this share of a word's letters may be wrong for it to be the word that was meant. */
const LARGEST_MISTAKE = 0.4

/** The known word that was probably meant; undefined if none is near. */
export function suggest(wrong: string, known: readonly string[]): string | undefined {
  const beginning = known.find(
    (word) => wrong.length > 1 && (word.startsWith(wrong) || wrong.startsWith(word)),
  )
  if (beginning !== undefined) return beginning
  const [nearest] = known
    .map((word) => ({ word, mistakes: countMistakes(wrong, word) }))
    .sort((a, b) => a.mistakes - b.mistakes)
  if (nearest === undefined) return undefined
  return nearest.mistakes <= LARGEST_MISTAKE * nearest.word.length ? nearest.word : undefined
}

/** `; did you mean --epochs?`, or nothing. @param show how the word is written, e.g. with dashes */
export function didYouMean(
  wrong: string,
  known: readonly string[],
  show = (word: string) => word,
): string {
  const meant = suggest(wrong, known)
  return meant === undefined ? '' : `; did you mean ${show(meant)}?`
}

/**
 * Letters to add, take away, change, or swap with their neighbour to make one word of the other
 * (Damerau and Levenshtein's distance, each place changed once at most).
 */
export function countMistakes(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = swaps ? rows[i - 2]![j - 2]! + 1 : changed
      row.push(Math.min(changed, swapped, rows[i - 1]![j]! + 1, row[j - 1]! + 1))
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
