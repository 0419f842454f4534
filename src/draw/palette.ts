/**
 * @file A colour for each class or curve: the same number always has the same colour, and neighbours
 * differ well. Each next hue is a golden angle farther, so that any number of them is spread evenly.
 */
import { hslToRgb } from '../image/hsl.ts'
import type { Rgb } from '../image/image.ts'
import { LUMA } from '../image/luma.ts'

/** The golden angle in degrees: 360 · (1 - 1 / golden ratio). */
const GOLDEN_ANGLE = 137.508

/** Blue: the first colour, when there is only one. */
const FIRST_HUE = 212

/** Lightness by turns, so that two hues that do come near each other still differ. */
const LIGHTNESS = [0.5, 0.42, 0.58] as const

/** The colour of a class. @param classId 0-based @returns 0..255 each, whole numbers */
export function classColour(classId: number): Rgb {
  const lightness = LIGHTNESS[classId % LIGHTNESS.length]!
  const [red, green, blue] = hslToRgb(FIRST_HUE + classId * GOLDEN_ANGLE, 0.82, lightness)
  return [Math.round(red), Math.round(green), Math.round(blue)]
}

/** A colour as SVG and CSS write it, `#rrggbb`. @param colour whole numbers, 0..255 */
export function hexOf(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

/** Black or white, whichever can be read on a colour. */
export function inkOn([red, green, blue]: Rgb): '#000000' | '#ffffff' {
  // White letters need a background below about 60 %.
  return LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue > 150 ? '#000000' : '#ffffff'
}
