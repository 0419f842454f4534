/** @file Colours by hue, saturation and lightness, which are easier to choose well than red, green and blue. */
import type { Rgb } from './image.ts'

/**
 * HSL to RGB: a channel follows the hue's triangle wave around the wheel.
 * @param hue degrees: 0 red, 120 green, 240 blue; any number, it wraps around
 * @param saturation 0 grey .. 1 pure
 * @param lightness 0 black .. 1 white
 * @returns 0..255 each, not rounded
 */
export function hslToRgb(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const channel = (offset: number) => {
    const k = (((offset + hue / 30) % 12) + 12) % 12
    return 255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)))
  }
  return [channel(0), channel(8), channel(4)]
}
