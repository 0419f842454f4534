/** @file What the numbers of the augmentation may be: see {@link AugmentOptions} for what they mean. */
import * as z from 'zod'
import { type AugmentOptions, LARGEST_TURN } from './options.ts'

const probability = z.number().min(0).max(1)
const byte = z.number().min(0).max(255)

/** Smallest and largest value of something that is drawn, in this order. */
const range = (least: number, most: number) => {
  const end = z.number().min(least).max(most)
  return z.tuple([end, end]).refine(([low, high]) => low <= high, {
    message: 'expected the smaller number first',
    abort: true,
  })
}

/** A whole set of augmentations. */
export const augmentSchema = z.strictObject({
  colour: z.strictObject({
    probability,
    brightness: byte,
    contrast: range(0, 100),
    saturation: range(0, 100),
    hue: z.number().min(0).max(180),
  }),
  // A canvas of more than 16 times the sides would show the picture as a dot.
  expand: z.strictObject({ probability, ratio: range(1, 16) }),
  crop: z.strictObject({
    probability,
    choices: z
      .array(z.union([z.literal('whole'), z.literal('free'), z.number().min(0).max(1)]))
      .min(1)
      .max(64),
    scale: range(0.01, 1),
    aspectRatio: range(0.01, 100),
    trials: z.number().int().min(0).max(1000),
  }),
  jitter: z.strictObject({ probability, zoom: range(0.05, 20) }),
  flip: z.strictObject({ horizontal: probability, vertical: probability }),
  turn: z.strictObject({ probability, degrees: z.number().min(0).max(LARGEST_TURN) }),
  mosaic: z.strictObject({ probability, centre: range(0, 1) }),
  fill: z.tuple([byte, byte, byte]),
  minimumSide: z.number().min(0).max(4096),
} satisfies Record<keyof AugmentOptions, z.ZodType>)

/** What differs from a set of augmentations. */
export const augmentOptionsSchema = augmentSchema.partial()
