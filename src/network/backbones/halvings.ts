/** @file Sizes of feature maps, reckoned. */
import type { Size } from '../../box/box.ts'
import type { NetworkMap } from './backbone.ts'

/** Maps that halve, rounding up. @param first halvings before the first map */
export function halvings(input: Size, first: number, channels: readonly number[]): NetworkMap[] {
  return channels.map((width, i) => ({
    ...eachSide(input, (side) => Math.ceil(side / 2 ** (first + i))),
    channels: width,
  }))
}

/** A side of a map that is already empty stays so. */
export function eachSide({ width, height }: Size, shrink: (side: number) => number): Size {
  const side = (length: number) => (length < 1 ? 0 : Math.max(0, shrink(length)))
  return { width: side(width), height: side(height) }
}

/** The sum of some numbers. */
export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
