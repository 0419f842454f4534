/**
 * @file Text from outside (file names, class names, what a decoder said) made safe to print: on one line, of a sane
 * length, and without the characters that move a terminal's cursor, set its title or turn the direction of writing.
 */

/** Characters of one value in a message. A path fits; a list of ten thousand classes does not. */
export const LONGEST_VALUE = 300

/** Characters of a whole message. */
export const LONGEST_MESSAGE = 2000

/**
 * What must not reach a terminal, a label or a line of a report as it is: the control characters C0, DEL and C1, the
 * separators of lines and paragraphs, those that turn the direction of writing, lone surrogates, and the characters
 * that XML forbids.
 */
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Cs}/gu

/** Whether a text can be shown as it is: it holds none of the characters that {@link printable} writes as escapes. */
export function isPrintable(text: string): boolean {
  return text.search(UNPRINTABLE) < 0
}

/** The text with each dangerous character written as an escape: a bell as `\u0007`, a line feed as `\n`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escapeCharacter)
}

/** The text in at most so many characters; what is cut from its middle is counted. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text
  const head = Math.ceil((longest * 2) / 3)
  const tail = Math.floor(longest / 3)
  return `${text.slice(0, head)} … ${text.length - head - tail} characters more … ${text.slice(text.length - tail)}`
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeCharacter(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
