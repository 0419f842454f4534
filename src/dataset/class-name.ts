/** @file What may be the name of a class: it is printed in tables, drawn on pictures and written into models. */
import { LONGEST_CLASS_NAME } from '../check/limits.ts'
import { isPrintable } from '../error/printable.ts'

/** The rule that a class name breaks, for a message; null where it is a good one. */
export function classNameFault(name: string): string | null {
  if (name === '') return 'expected a class name that is not empty'
  if (name.length > LONGEST_CLASS_NAME)
    return `expected a class name of at most ${LONGEST_CLASS_NAME} characters`
  if (!isPrintable(name)) return 'expected a class name without control characters'
  // What a decoder writes for bytes that its encoding does not know.
  if (name.includes('\ufffd')) return 'expected a class name whose every byte can be read'
  return null
}
