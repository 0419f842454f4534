/** @file Labelled pictures in numbers: how many of what, how large, of which shape, where, how many in a picture. */
import type { Dataset } from '../dataset/dataset.ts'

/** A count of things that fall into one range. */
export interface Bin {
  readonly name: string
  readonly count: number
}

/** Labelled pictures in numbers. */
export interface DataStatistics {
  readonly pictures: number
  readonly objects: number
  readonly classes: readonly Bin[]
  /** Square root of an object's area, as a share of that of its picture. */
  readonly sizes: readonly Bin[]
  /** Width by height of an object. */
  readonly ratios: readonly Bin[]
  readonly perPicture: readonly Bin[]
  /** Centres of objects: shares of all in a grid of {@link PLACES} x {@link PLACES}, row after row. */
  readonly places: readonly number[]
}

/** Cells of the grid of places, along each side. */
export const PLACES = 8

const SIZE_ENDS = [0.05, 0.1, 0.2, 0.4, 0.7, 1]
const RATIO_ENDS = [0.25, 0.5, 0.8, 1.25, 2, 4, Number.POSITIVE_INFINITY]
const COUNT_ENDS = [0, 1, 2, 5, 10, 20, 50, Number.POSITIVE_INFINITY]

/** Counts a dataset. */
export function statisticsOf({
  examples,
  classes,
}: Pick<Dataset, 'examples' | 'classes'>): DataStatistics {
  const objects = examples.flatMap(({ size, objects: labelled }) =>
    labelled.map(({ box, classId }) => {
      const [width, height] = [box.x2 - box.x1, box.y2 - box.y1]
      return {
        classId,
        size: Math.sqrt((width * height) / (size.width * size.height)),
        ratio: width / height,
        column: cellOf((box.x1 + box.x2) / 2 / size.width),
        row: cellOf((box.y1 + box.y2) / 2 / size.height),
      }
    }),
  )
  const places = new Array<number>(PLACES * PLACES).fill(0)
  for (const { row, column } of objects) places[row * PLACES + column]! += 1 / objects.length
  return {
    pictures: examples.length,
    objects: objects.length,
    classes: classes.map((name, id) => {
      return { name, count: objects.filter(({ classId }) => classId === id).length }
    }),
    sizes: binned(
      objects.map(({ size }) => size),
      SIZE_ENDS,
    ),
    ratios: binned(
      objects.map(({ ratio }) => ratio),
      RATIO_ENDS,
    ),
    perPicture: binned(
      examples.map((example) => example.objects.length),
      COUNT_ENDS,
    ),
    places,
  }
}

const cellOf = (share: number) => Math.min(PLACES - 1, Math.max(0, Math.floor(share * PLACES)))

/** How many values lie up to each end, and above the one before it. */
function binned(values: readonly number[], ends: readonly number[]): Bin[] {
  return ends.map((end, i) => {
    const from = i === 0 ? Number.NEGATIVE_INFINITY : ends[i - 1]!
    const name = Number.isFinite(end) ? `up to ${end}` : `above ${from}`
    return { name, count: values.filter((value) => value > from && value <= end).length }
  })
}
