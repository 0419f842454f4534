/**
 * @file The blends behind the 3x3 convolution of winograd.ts, and how a map is blended tile by tile.
 *
 * A window that slides along a row is a product of polynomials, the numbers being their coefficients. Such a product is
 * settled by its values at six points, and a polynomial's value is a blend of its coefficients: 1, p, p², ... of each.
 * Any six points will do; those that lie evenly around 1 and -1 lose the fewest digits (docs/log.md).
 * Source: Lavin and Gray 2016, section 4; Barabasz et al. 2020 on the choice of points.
 *
 * Shapes: N images, C channels, H x W pixels; P tiles a map; 36 blends, six along each side.
 */
import type { Lowering } from '../lowering.ts'
import type { Shape } from '../tensor.ts'

/** Results a tile, along one side. */
const TILE = 4
/** Weights a window, along one side. */
export const WINDOW = 3
/** Pixels that the windows of a tile see, along one side. */
const SEEN = TILE + WINDOW - 1
/** Blends of a square: six along each side. */
export const BLENDS = SEEN ** 2

/** The sixth is infinity: of a polynomial's value there, only the last coefficient is left. */
const POINTS = [0, 0.75, -0.75, 1.5, -1.5]

/** How the four results of a tile are blended: a row a point. */
const RESULTS = [...POINTS.map((point) => powers(point, TILE)), [0, 0, 0, 1]]
/** How the three weights of a window are blended. */
const WEIGHTS = [
  ...POINTS.map((point) => {
    const apart = others(point).reduce((product, other) => product * (point - other), 1)
    return powers(point, WINDOW).map((power) => power / apart)
  }),
  [0, 0, 1],
]
/** How the six pixels that a tile's windows see are blended: polynomials that are zero at all points but one. */
const PIXELS = [...POINTS.map((point) => [...withZeros(others(point)), 0]), withZeros(POINTS)]

function powers(point: number, count: number): number[] {
  return Array.from({ length: count }, (_, exponent) => point ** exponent)
}

function others(point: number): number[] {
  return POINTS.filter((other) => other !== point)
}

/** Coefficients of the polynomial (x - a) (x - b) ..., from that of 1 on. */
function withZeros(zeros: readonly number[]): number[] {
  let coefficients = [1]
  for (const zero of zeros) {
    const shifted = [0, ...coefficients]
    coefficients = shifted.map((above, i) => above - zero * (coefficients[i] ?? 0))
  }
  return coefficients
}

/** A map and the tiles that cover it. */
export interface Blending {
  /** Shape of the map, [N, C, H, W]. */
  readonly shape: Shape
  /** Rows and columns of tiles. */
  readonly tiles: readonly [number, number]
  /** Rows above and columns left of the map that the first tile begins with. */
  readonly before: readonly [number, number]
}

/** Blends of a square: row (u, v) holds every product of a number of row u with one of row v. */
function squared(side: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(
    side.flatMap((u) => side.flatMap((v) => u.flatMap((a) => v.map((b) => a * b)))),
  )
}

/** How the nine weights of a window are blended. @returns the name of a constant [36, 9] */
export function weightBlends(lowering: Lowering): string {
  return lowering.floats(squared(WEIGHTS), [BLENDS, WINDOW * WINDOW])
}

/** Blends what the windows of each tile see. @param map name of [N, C, H, W] @returns the name of [36, C, N P] */
export function blendPixels(lowering: Lowering, map: string, blending: Blending): string {
  return blendTiles(lowering, map, PIXELS, blending)
}

/** Blends the results of each tile. @param map name of [N, C, H, W] @returns the name of [36, C, N P] */
export function blendResults(lowering: Lowering, map: string, blending: Blending): string {
  return blendTiles(lowering, map, RESULTS, blending)
}

/**
 * A convolution that steps from tile to tile, with a window for each blend. All maps are pages of one book, so that
 * the blends come out one after the other, and each is a matrix for the product that follows.
 */
function blendTiles(
  lowering: Lowering,
  map: string,
  side: readonly (readonly number[])[],
  blending: Blending,
): string {
  const { shape, tiles } = blending
  const [n, channels, height, width] = shape as [number, number, number, number]
  const swapped = lowering.emit('Transpose', [map], { perm: [1, 0, 2, 3] })
  const book = lowering.reshape(swapped, [1, 1, channels * n, height, width])
  const seen = side[0]!.length
  const windows = lowering.floats(squared(side), [BLENDS, 1, 1, seen, seen])
  const [top, left, bottom, right] = border(blending, seen)
  const blended = lowering.emit('Conv', [book, windows], {
    kernel_shape: [1, seen, seen],
    strides: [1, TILE, TILE],
    pads: [0, top, left, 0, bottom, right],
  })
  return lowering.reshape(blended, [BLENDS, channels, n * tiles[0] * tiles[1]])
}

/**
 * Blending pixels, backwards: every blend is handed back to the pixels that it came from; what lies beyond the map is
 * cut off.
 * @param blends name of [36, C, N P] @returns the name of [N, C, H, W]
 */
export function unblendPixels(lowering: Lowering, blends: string, blending: Blending): string {
  const { shape, tiles } = blending
  const [n, channels] = shape as [number, number, number, number]
  const split = lowering.reshape(blends, [BLENDS, channels, n, tiles[0] * tiles[1]])
  const byMap = lowering.emit('Transpose', [split], { perm: [2, 1, 0, 3] })
  const planes = lowering.reshape(byMap, [n * channels, BLENDS, ...tiles])
  const windows = lowering.floats(squared(PIXELS), [BLENDS, 1, SEEN, SEEN])
  const maps = lowering.emit('ConvTranspose', [planes, windows], {
    kernel_shape: [SEEN, SEEN],
    strides: [TILE, TILE],
    pads: border(blending, SEEN),
  })
  return lowering.reshape(maps, shape)
}

/** How far the tiles reach beyond the map: top, left, bottom, right. */
function border(
  { shape: [, , height, width], tiles: [rows, columns], before: [top, left] }: Blending,
  seen: number,
): [number, number, number, number] {
  const beyond = (count: number, length: number) => TILE * count + seen - TILE - length
  return [top, left, beyond(rows, height!) - top, beyond(columns, width!) - left]
}

/** Rows and columns of tiles that cover a map of results. @param shape [N, C, H, W] */
export function tilesOf([, , height, width]: Shape): [number, number] {
  return [Math.ceil(height! / TILE), Math.ceil(width! / TILE)]
}
