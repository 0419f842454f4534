/** @file A number with its noun, in the right number: "1 object", "5 objects", "9,144 anchors". */

/** @param noun in the singular; its plural has an s */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
