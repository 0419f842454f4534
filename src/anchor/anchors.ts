/**
 * @file Where the network looks. Every cell of every feature map carries a few anchors: boxes of fixed
 * shapes, centred on the cell, in pixels of the network's input. The network then says of each anchor what
 * is in it and how to move it. (The SSD paper says default box, older code says prior.)
 *
 *     cx = (column + 0.5) * strideX    cy = (row + 0.5) * strideY    w, h = the shape
 *
 * The order is map, row, column, shape: the same as torchvision's, and the order in which the head's
 * output [shapes * K, gridHeight, gridWidth] reads when its channels are moved last. Corners may leave the
 * picture, as in Caffe and torchvision: an anchor cut at the edge would no longer be centred on its cell.
 *
 * Shapes: A anchors, [A, 4].
 */
import type { CentreSizes, Corners, Size } from '../box/box.ts'
import { toCorners } from '../box/convert.ts'
import { SingleshotError } from '../error/singleshot-error.ts'

/** One grid of cells over the network's input, with the shapes that every cell carries. */
export interface FeatureMap {
  /** Cells a row, >= 1. */
  readonly gridWidth: number
  /** Rows of cells, >= 1. */
  readonly gridHeight: number
  /** Pixels of the network's input from one cell to the next, > 0; may be fractional (320 / 3). */
  readonly strideX: number
  /** The same, downwards. */
  readonly strideY: number
  /** Anchor sizes in pixels of the network's input, each > 0. */
  readonly shapes: readonly Size[]
}

/** All anchors of a network, in both layouts, pixels of the network's input. */
export interface Anchors {
  /** A. */
  readonly count: number
  /** [A, 4] */
  readonly centreSizes: CentreSizes
  /** [A, 4] */
  readonly corners: Corners
  /** [A, 2]: width and height of the cell that each anchor stands in. */
  readonly cellSizes: Float32Array
}

/**
 * Lays out the anchors of all feature maps.
 * @param featureMaps in the network's order, finest first by custom
 * @returns A = sum over the maps of gridWidth * gridHeight * shapes
 * @throws E_CONFIG when a grid is not whole and positive, or a stride or side not finite and positive
 * Source: SSD paper (arXiv 1512.02325v5), section 2.2; torchvision `DefaultBoxGenerator`.
 * @example
 * ```js
 * import { generateAnchors } from 'singleshot/core'
 *
 * const map = { gridWidth: 4, gridHeight: 3, strideX: 16, strideY: 16, shapes: [{ width: 32, height: 24 }] }
 * console.log(generateAnchors([map]).count) // → 12
 * ```
 */
export function generateAnchors(featureMaps: readonly FeatureMap[]): Anchors {
  featureMaps.forEach(checkFeatureMap)
  const count = featureMaps.reduce((sum, map) => sum + countAnchors(map), 0)
  const centreSizes = new Float32Array(count * 4)
  const cellSizes = new Float32Array(count * 2)
  let first = 0
  for (const map of featureMaps) {
    writeMap(centreSizes, first * 4, map)
    const next = first + countAnchors(map)
    for (let anchor = first; anchor < next; anchor++)
      cellSizes.set([map.strideX, map.strideY], anchor * 2)
    first = next
  }
  return { count, centreSizes, corners: toCorners(centreSizes), cellSizes }
}

/** How many anchors one feature map carries. @returns gridWidth * gridHeight * shapes */
export function countAnchors(map: FeatureMap): number {
  return map.gridWidth * map.gridHeight * map.shapes.length
}

/** Writes one map's anchors from position `at` on. */
function writeMap(centreSizes: CentreSizes, at: number, map: FeatureMap): void {
  for (let row = 0; row < map.gridHeight; row++) {
    const cy = (row + 0.5) * map.strideY
    for (let column = 0; column < map.gridWidth; column++) {
      const cx = (column + 0.5) * map.strideX
      for (const { width, height } of map.shapes) {
        centreSizes[at++] = cx
        centreSizes[at++] = cy
        centreSizes[at++] = width
        centreSizes[at++] = height
      }
    }
  }
}

function checkFeatureMap(map: FeatureMap, index: number): void {
  const { gridWidth, gridHeight, strideX, strideY, shapes } = map
  const sides = shapes.flatMap((shape) => [shape.width, shape.height])
  if (![gridWidth, gridHeight].every((cells) => Number.isInteger(cells) && cells > 0))
    refuse(index, 'expected a grid of whole cells', `${gridWidth} x ${gridHeight}`)
  if (![strideX, strideY, ...sides].every((pixels) => Number.isFinite(pixels) && pixels > 0))
    refuse(index, 'expected strides and shapes above 0 pixels', [strideX, strideY, ...sides])
}

function refuse(index: number, rule: string, got: unknown): never {
  const object = `feature map ${index}`
  throw new SingleshotError('E_CONFIG', { where: 'generateAnchors', rule, got, object })
}
