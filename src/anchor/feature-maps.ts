/** @file How a detector's anchors are described: for each feature map its stride, and one of three rules. */
import * as z from 'zod/mini'
import { LONGEST_INPUT_SIDE } from '../check/limits.ts'

/** Sides beyond these bounds would be lost in 32-bit arithmetic; fractions and ratios likewise. */
const side = z.number().check(z.minimum(0.01), z.maximum(100_000))
const ratio = z.number().check(z.minimum(0.001), z.maximum(1000))
/** Sizes, ratios or shapes in one list. */
const MOST_CHOICES = 64

/** Input pixels from one cell to the next; a map has ceil(side / stride) cells. */
const stride = z.int().check(z.minimum(1), z.maximum(LONGEST_INPUT_SIDE))

/** The sizes, in pixels, each at each aspect ratio. */
const pixelRule = z.strictObject({
  stride,
  /** Sides of the square anchors, in input pixels; other aspect ratios keep the area. */
  sizes: z.array(side).check(z.minLength(1), z.maxLength(MOST_CHOICES)),
  /** Width divided by height. */
  aspectRatios: z.array(ratio).check(z.minLength(1), z.maxLength(MOST_CHOICES)),
})

/** SSD's rule: squares of scale and of sqrt(scale · nextScale), then each aspect ratio and its flip. */
const ssdRule = z.strictObject({
  stride,
  /** Fraction of the input. */
  scale: ratio,
  /** The next map's scale. */
  nextScale: ratio,
  /** Width divided by height; the flip of each is added. */
  aspectRatios: z.array(ratio).check(z.maxLength(MOST_CHOICES)),
})

/** Lesson 9's rule: a cell's own box at several zooms, cut to several shapes. */
const cellRule = z.strictObject({
  stride,
  /** Multiples of a cell's sides. */
  zooms: z.array(ratio).check(z.minLength(1), z.maxLength(MOST_CHOICES)),
  /** Width and height as multiples of the zoomed cell: [1, 1], [1, 0.5], ... */
  shapes: z.array(z.tuple([ratio, ratio])).check(z.minLength(1), z.maxLength(MOST_CHOICES)),
})

/** Which anchors the cells of one feature map carry. */
export const featureMapSchema = z.union([pixelRule, ssdRule, cellRule])

/** Where the anchors of all maps stand, and how large they may be. */
export const anchorLayoutSchema = z.strictObject({
  /** 'even': cells divide the input evenly; 'stride': they are exactly a stride apart (Caffe's "step"). */
  cells: z.enum(['even', 'stride']),
  /** Widths and heights are cut to the input's (torchvision's clip); false is Caffe's way. */
  clampToInput: z.boolean(),
})

/** The anchors of one feature map. */
export type FeatureMapConfig = z.infer<typeof featureMapSchema>
/** Sizes in pixels, each at each aspect ratio. */
export type PixelRule = z.infer<typeof pixelRule>
/** Where the anchors of all maps stand. */
export type AnchorLayout = z.infer<typeof anchorLayoutSchema>

/** How many anchors a cell of the map carries. */
export function anchorsPerCell(map: FeatureMapConfig): number {
  if ('scale' in map) return 2 + 2 * map.aspectRatios.length
  return 'zooms' in map
    ? map.zooms.length * map.shapes.length
    : map.sizes.length * map.aspectRatios.length
}
