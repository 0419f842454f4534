/** @file Numbers with their words. */

/** `1 file`, `2 files`. @param many the word for more than one, if it is not formed with an s */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
