/** @file Where a label goes: on the edge of its box, or as near to it as leaves other labels to be read. */
import type { Box, Size } from '../box/box.ts'
import { boxIou } from '../box/iou.ts'

/** Plate heights away from where a label would best be, as they are tried: there, below, above, further below. */
const ROWS = [0, 1, -1, 2]

/** What {@link placePlate} places, in pixels of the picture. */
export interface PlateToPlace extends Size {
  /** Where the plate's left and upper edges would best be. */
  readonly left: number
  readonly top: number
}

/**
 * Finds a place for a label's plate: inside the picture, and on no other plate if there is room near by.
 * @param size of the picture, pixels; a plate is no larger
 * @param taken plates that lie there already, corners in pixels
 * @returns its corners in pixels
 */
export function placePlate(
  { left, top, width, height }: PlateToPlace,
  size: Size,
  taken: readonly Box[],
): Box {
  const x1 = Math.max(0, Math.min(left, size.width - width))
  const places = ROWS.map((row): Box => {
    const y1 = Math.max(0, Math.min(top + row * height, size.height - height))
    return { x1, y1, x2: x1 + width, y2: y1 + height }
  })
  return places.find((place) => taken.every((other) => boxIou(place, other) === 0)) ?? places[0]!
}
