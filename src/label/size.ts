/** @file The size of a picture as labels state it. */
import type { Size } from '../box/box.ts'

/** Whole pixels; undefined where the labels do not say, or say something that no picture has. */
export function sizeOf(width: unknown, height: unknown): Size | undefined {
  const sides = { width: Number(width), height: Number(height) }
  const good = (side: number) => Number.isInteger(side) && side > 0
  return good(sides.width) && good(sides.height) ? sides : undefined
}
