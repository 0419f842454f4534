/**
 * @file A mosaic: four pictures in one, each in a part of the network's input. The parts meet at a random place. Objects
 * become smaller, and stand among more of their kind, than in any single picture.
 *
 * Source: Bochkovskiy and others, YOLOv4 (arXiv 2004.10934), section 3.4.
 */
import type { Box, Size } from '../box/box.ts'
import type { Random } from '../random/random.ts'
import type { MosaicOptions } from './options.ts'

/** A part of the network's input that one picture fills: its upper left corner and its size, whole pixels. */
export interface Tile extends Size {
  readonly x: number
  readonly y: number
}

/** The one tile of a picture by itself. */
export function wholeTile({ width, height }: Size): Tile {
  return { x: 0, y: 0, width, height }
}

/**
 * Draws the four tiles of a mosaic: together they cover the input, and none covers another.
 * @param input size of the network's input, pixels, at least 2 each
 * @returns upper left, upper right, lower left, lower right; each at least one pixel wide and high
 */
export function drawTiles(
  { width, height }: Size,
  random: Random,
  { centre: [low, high] }: MosaicOptions,
): [Tile, Tile, Tile, Tile] {
  const cut = (side: number) =>
    Math.min(side - 1, Math.max(1, Math.round(side * random.between(low, high))))
  const [x, y] = [cut(width), cut(height)]
  return [
    { x: 0, y: 0, width: x, height: y },
    { x, y: 0, width: width - x, height: y },
    { x: 0, y, width: x, height: height - y },
    { x, y, width: width - x, height: height - y },
  ]
}

/**
 * Draws the part of a picture that a tile shows: the largest of the tile's shape, so that nothing is stretched otherwise
 * than in a picture by itself.
 * @param size of the picture, its own pixels @param input size of the network's input
 * @returns in pixels of the picture
 */
export function drawView(size: Size, tile: Tile, input: Size, random: Random): Box {
  const shares = { x: tile.width / input.width, y: tile.height / input.height }
  const larger = Math.max(shares.x, shares.y)
  const width = (size.width * shares.x) / larger
  const height = (size.height * shares.y) / larger
  const x1 = random.uniform() * (size.width - width)
  const y1 = random.uniform() * (size.height - height)
  return { x1, y1, x2: x1 + width, y2: y1 + height }
}

/** A box of a tile, in pixels of the input. */
export function placeInTile({ x1, y1, x2, y2 }: Box, { x, y }: Tile): Box {
  return { x1: x1 + x, y1: y1 + y, x2: x2 + x, y2: y2 + y }
}
