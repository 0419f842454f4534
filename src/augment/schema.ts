/** @file The augmentation's numbers as a schema, for a file that holds them. */
import { z } from 'zod'
import type { AugmentOptions, Range } from './options.ts'

const share = z.number().min(0).max(1)
const byte = z.number().min(0).max(255)

/** Smallest and largest value, both within the same bounds. */
const range = (least: number) =>
  z.tuple([z.number().min(least), z.number().min(least)]) satisfies z.ZodType<Range>

/** How pictures are varied; see options.ts for what each number means. */
export const augmentSchema = z.strictObject({
  colour: z.strictObject({
    probability: share,
    brightness: z.number(),
    contrast: range(0),
    saturation: range(0),
    hue: z.number(),
  }),
  expand: z.strictObject({ probability: share, ratio: range(1) }),
  crop: z.strictObject({
    probability: share,
    choices: z.array(z.union([z.literal('whole'), z.literal('free'), share])),
    scale: range(0),
    aspectRatio: range(0),
    trials: z.number().int().min(0),
  }),
  jitter: z.strictObject({ probability: share, zoom: range(0) }),
  flip: z.strictObject({ horizontal: share, vertical: share }),
  fill: z.tuple([byte, byte, byte]),
  minimumSide: z.number().min(0),
}) satisfies z.ZodType<AugmentOptions>
