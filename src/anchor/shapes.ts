/**
 * @file How large the anchors of a feature map are. Three rules.
 *
 * The SSD rule gives each map a scale s, a fraction of the input, and the next map's scale s':
 *
 *     square s    square sqrt(s * s')    and for each aspect ratio r > 1:  w = s * sqrt(r), h = s / sqrt(r)
 *                                                                and its flip  w = s / sqrt(r), h = s * sqrt(r)
 *
 * so all shapes of a scale but the second have the same area. The pixel rule names the sizes outright; the cell
 * rule (Lesson 9) multiplies the cell itself.
 * Everywhere aspectRatio = width / height: 2 is lying, 1/2 is standing.
 */
import type { Size } from '../box/box.ts'
import { SingleshotError } from '../error/singleshot-error.ts'

/** What the SSD rule needs for one feature map. */
export interface SsdShapeOptions {
  /** s: side of the square anchor as a fraction of the input, > 0. */
  readonly scale: number
  /** s': the next map's scale; for the last map, the one a further map would have. */
  readonly nextScale: number
  /** Width / height of the further anchors, each > 0; the flip of each is added. */
  readonly aspectRatios: readonly number[]
  /** The network's input, pixels. */
  readonly input: Size
  /**
   * Cut widths and heights to the input's, as torchvision does; the default, since its published weights
   * were trained so. False is the paper's and Caffe's way. Only the largest maps notice.
   */
  readonly clampToInput?: boolean
}

/**
 * Anchor shapes of one feature map by the SSD rule. Widths are fractions of the input's width and heights
 * of its height, so on an input that is not square the "square" is stretched with it (torchvision's way).
 * @returns 2 + 2 * aspectRatios.length shapes in pixels of the network's input
 * @throws E_CONFIG when a scale or an aspect ratio is not finite and above 0
 * Source: SSD paper (arXiv 1512.02325v5), section 2.2; torchvision `_generate_wh_pairs`.
 */
export function ssdShapes(options: SsdShapeOptions): Size[] {
  const { scale, nextScale, aspectRatios, input, clampToInput = true } = options
  checkPositive('ssdShapes', [scale, nextScale, ...aspectRatios])
  const between = Math.sqrt(scale * nextScale)
  const largest = clampToInput ? 1 : Number.POSITIVE_INFINITY
  const toPixels = ({ width, height }: Size): Size => ({
    width: Math.min(width, largest) * input.width,
    height: Math.min(height, largest) * input.height,
  })
  const squares = [
    { width: scale, height: scale },
    { width: between, height: between },
  ]
  const pairs = aspectRatios.flatMap((aspectRatio) => {
    const shape = shapeOf(scale, aspectRatio)
    return [shape, { width: shape.height, height: shape.width }]
  })
  return [...squares, ...pairs].map(toPixels)
}

/** What spaces the scales of a network. */
export interface ScaleOptions {
  /** Scale of the first, finest map, a fraction of the input. */
  readonly smallest: number
  /** Scale of the last map. */
  readonly largest: number
  /** How many feature maps, >= 1. */
  readonly mapCount: number
}

/**
 * Scales that grow evenly from map to map, with one more at the end for the last map's `nextScale`.
 * @returns mapCount + 1 fractions; the last one is 1, the whole picture (for a single map: `largest`)
 * Source: SSD paper, equation 4; the last one as torchvision has it.
 */
export function linearScales({ smallest, largest, mapCount }: ScaleOptions): number[] {
  if (mapCount === 1) return [smallest, largest]
  const step = (largest - smallest) / (mapCount - 1)
  return [...Array.from({ length: mapCount }, (_, k) => smallest + step * k), 1]
}

/** What the pixel rule needs for one feature map. */
export interface PixelShapeOptions {
  /** Square root of the anchor's area, pixels of the network's input, each > 0. */
  readonly sizes: readonly number[]
  /** Width / height, each > 0; no flip is added. */
  readonly aspectRatios: readonly number[]
}

/**
 * Anchor shapes of one feature map by naming them: each size at each aspect ratio, area kept.
 * @returns sizes.length * aspectRatios.length shapes in pixels, sizes outermost
 * @throws E_CONFIG when a size or an aspect ratio is not finite and above 0
 */
export function pixelShapes({ sizes, aspectRatios }: PixelShapeOptions): Size[] {
  checkPositive('pixelShapes', [...sizes, ...aspectRatios])
  return sizes.flatMap((size) => aspectRatios.map((aspectRatio) => shapeOf(size, aspectRatio)))
}

/** What the cell rule needs for one feature map. */
export interface CellShapeOptions {
  /** One cell, pixels of the network's input. */
  readonly cell: Size
  /** Multiples of the cell, each > 0. */
  readonly zooms: readonly number[]
  /** Width and height as multiples of the zoomed cell, each > 0; the area is not kept. */
  readonly shapes: readonly (readonly [number, number])[]
}

/**
 * Anchor shapes of one feature map from its own cells, as in Lesson 9: the cell, zoomed and cut.
 * @returns zooms.length * shapes.length shapes in pixels, zooms outermost
 * @throws E_CONFIG when a zoom or a multiple is not finite and above 0
 * Source: fast.ai 2018, part 2, lesson 9.
 */
export function cellShapes({ cell, zooms, shapes }: CellShapeOptions): Size[] {
  checkPositive('cellShapes', [...zooms, ...shapes.flat()])
  return zooms.flatMap((zoom) =>
    shapes.map(([wide, high]) => ({
      width: cell.width * zoom * wide,
      height: cell.height * zoom * high,
    })),
  )
}

/** The rectangle of area size * size with width / height = aspectRatio. */
function shapeOf(size: number, aspectRatio: number): Size {
  const stretch = Math.sqrt(aspectRatio)
  return { width: size * stretch, height: size / stretch }
}

function checkPositive(where: string, values: readonly number[]): void {
  const wrong = values.find((value) => !(Number.isFinite(value) && value > 0))
  if (wrong === undefined) return
  const rule = 'expected scales, sizes and aspect ratios above 0'
  throw new SingleshotError('E_CONFIG', { where, rule, got: wrong })
}
