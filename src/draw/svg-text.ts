/** @file Text inside SVG: safe characters, and how long it will be. */
import { isPrintable } from '../error/printable.ts'

/** Fonts that are on most systems, the first one that is there. */
export const FONT = 'Inter, Helvetica, Arial, DejaVu Sans, sans-serif'

/**
 * Text with the characters that SVG uses itself written as entities, and without those that XML forbids, so that no
 * class name can break a drawing; those that steer the direction of writing would break only the label, and go too.
 */
export function escapeSvg(text: string): string {
  return [...text]
    .filter(isPrintable)
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** A bold letter's mean width as a share of the font's size, in the widest of the fonts above. */
const LETTER_WIDTH = 0.72

/** A letter that fills a square, with a little room: Chinese, Japanese, Korean, full-width forms, emoji. */
const SQUARE_WIDTH = 1.05

const IS_SQUARE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u

/** Stands over or under the letter before it, or joins two. */
const HAS_NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u

/** Widths of a letter, as a share of the font's size. */
function widthOf(letter: string): number {
  if (HAS_NO_WIDTH.test(letter)) return 0
  return IS_SQUARE.test(letter) ? SQUARE_WIDTH : LETTER_WIDTH
}

/** About how wide a text will be, in pixels; rather too wide than too narrow. */
export function textWidth(text: string, fontSize: number): number {
  return [...text].reduce((sum, letter) => sum + widthOf(letter), 0) * fontSize
}

/** The text, with its end replaced by … if it would be wider than `room` pixels. */
export function fitText(text: string, fontSize: number, room: number): string {
  if (textWidth(text, fontSize) <= room) return text
  let [width, kept] = [LETTER_WIDTH * fontSize, '']
  for (const letter of text) {
    width += widthOf(letter) * fontSize
    if (width > room) break
    kept += letter
  }
  return `${kept}…`
}

/** A number as an SVG attribute: short, never in exponents. */
export function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}
