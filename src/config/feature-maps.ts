/** @file How a detector's anchors are described: for each feature map its stride, and one of three rules. */
import { z } from 'zod'

const positive = z.number().positive()

/** Input pixels from one cell to the next; a map has ceil(side / stride) cells. */
const stride = z.number().int().min(1)

/** The sizes, in pixels, each at each aspect ratio. */
const pixelRule = z.strictObject({
  stride,
  /** Sides of the square anchors, in input pixels; other aspect ratios keep the area. */
  sizes: z.array(positive).min(1),
  /** Width divided by height. */
  aspectRatios: z.array(positive).min(1),
})

/** SSD's rule: squares of scale and of sqrt(scale · nextScale), then each aspect ratio and its flip. */
const ssdRule = z.strictObject({
  stride,
  /** Fraction of the input. */
  scale: positive,
  /** The next map's scale. */
  nextScale: positive,
  /** Width divided by height; the flip of each is added. */
  aspectRatios: z.array(positive),
})

/** Lesson 9's rule: a cell's own box at several zooms, cut to several shapes. */
const cellRule = z.strictObject({
  stride,
  /** Multiples of a cell's sides. */
  zooms: z.array(positive).min(1),
  /** Width and height as multiples of the zoomed cell: [1, 1], [1, 0.5], ... */
  shapes: z.array(z.tuple([positive, positive])).min(1),
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
