/** @file Text inside SVG: safe characters, and how long it will be. */

/** Fonts that are on most systems, the first one that is there. */
export const FONT = 'Inter, Helvetica, Arial, DejaVu Sans, sans-serif'

/** Text with the characters that SVG uses itself written as entities, and without those it forbids. */
export function escapeSvg(text: string): string {
  return [...text]
    .filter((character) => character >= ' ')
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** A bold letter's mean width as a share of the font's size, in the widest of the fonts above. */
const LETTER_WIDTH = 0.72

/** About how wide a text will be, in pixels; rather too wide than too narrow. */
export function textWidth(text: string, fontSize: number): number {
  return [...text].length * LETTER_WIDTH * fontSize
}

/** The text, with its end replaced by … if it would be wider than `room` pixels. */
export function fitText(text: string, fontSize: number, room: number): string {
  const letters = Math.max(1, Math.floor(room / (LETTER_WIDTH * fontSize)))
  const all = [...text]
  return all.length <= letters ? text : `${all.slice(0, letters - 1).join('')}…`
}

/** A number as an SVG attribute: short, never in exponents. */
export function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}
