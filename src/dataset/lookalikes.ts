/** @file Class names that probably mean one class. */

/** Groups of names that differ only by case, spaces, hyphens or the form of their accents. */
export function lookalikesAmong(classes: readonly string[]): string[][] {
  const groups = new Map<string, string[]>()
  for (const name of classes) {
    // NFKC also makes a no-break space a space, and one letter of two ways to write an accent.
    const plain = name
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, '')
    groups.set(plain, [...(groups.get(plain) ?? []), name])
  }
  return [...groups.values()].filter((names) => names.length > 1)
}
