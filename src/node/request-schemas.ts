/**
 * @file What the public functions take, as schemas: each checks its request by one of these before it does anything.
 * A type that gets a new field does not compile until its schema here has it too.
 */
import { z } from 'zod'
import { augmentOptionsSchema } from '../augment/augment-schema.ts'
import { MOST_EPOCHS, MOST_MINUTES } from '../check/limits.ts'
import { callbackSchema, engineParts, pathSchema, signalSchema } from '../check/schemas.ts'
import { EXPORT_FORMATS } from '../config/export.ts'
import { detectOptionsSchema, inputSizeSchema } from '../config/model.ts'
import { PRESET_NAMES } from '../config/presets.ts'
import { trainSchema } from '../config/train.ts'
import { shapesParts } from '../dataset/scene-schema.ts'
import { PUBLISHED, type PublishedName } from '../weights/foreign/published.ts'
import type { WriteShapesOptions } from './data/write-shapes.ts'
import type { EvaluateOptions } from './evaluate.ts'
import type { ExportRequest } from './export.ts'
import type { PullRequest } from './fetch/pull.ts'
import type { ImportRequest } from './import-weights.ts'
import type { TrainRequest } from './run/train.ts'

/** A schema for every field of a type. */
type PartsOf<T> = Record<keyof T, z.ZodType>

/** Models to keep along the way; each is a file. */
const MOST_SNAPSHOTS = 1000

const text = z.string().min(1).max(4096)

/** What `train` takes. */
export const trainRequestSchema = z.strictObject({
  ...engineParts,
  // Empty or absent when a run goes on: it knows its data.
  data: z.string().optional(),
  out: pathSchema,
  split: text.optional(),
  validate: text.optional(),
  epochs: z.number().positive().max(MOST_EPOCHS).optional(),
  minutes: z.number().positive().max(MOST_MINUTES).optional(),
  model: z.enum(PRESET_NAMES).optional(),
  input: inputSizeSchema.optional(),
  settings: trainSchema.partial().optional(),
  config: pathSchema.optional(),
  augment: augmentOptionsSchema.optional(),
  weights: pathSchema.optional(),
  resume: z.boolean().optional(),
  snapshots: z.number().int().min(0).max(MOST_SNAPSHOTS).optional(),
  strict: z.boolean().optional(),
  signal: signalSchema.optional(),
  onCheck: callbackSchema.optional(),
  onData: callbackSchema.optional(),
  onStep: callbackSchema.optional(),
  onProblem: callbackSchema.optional(),
  onMessage: callbackSchema.optional(),
} satisfies PartsOf<TrainRequest>)

/** What `evaluate` takes. */
export const evaluateOptionsSchema = z.strictObject({
  data: pathSchema,
  split: text.optional(),
  strict: z.boolean().optional(),
  signal: signalSchema.optional(),
  onProblem: callbackSchema.optional(),
  onImage: callbackSchema.optional(),
} satisfies PartsOf<EvaluateOptions>)

/** What `exportModel` takes. */
export const exportRequestSchema = z.strictObject({
  model: pathSchema,
  format: z.enum(EXPORT_FORMATS),
  out: pathSchema,
  nms: z.boolean().optional(),
  detect: detectOptionsSchema.optional(),
} satisfies PartsOf<ExportRequest>)

/** What `importWeights` takes. */
export const importRequestSchema = z.strictObject({
  file: pathSchema,
  model: z.enum(PRESET_NAMES),
  out: pathSchema,
  classes: pathSchema.optional(),
} satisfies PartsOf<ImportRequest>)

/** What `pull` takes. */
export const pullRequestSchema = z.strictObject({
  name: z.enum(Object.keys(PUBLISHED) as [PublishedName, ...PublishedName[]]),
  cache: pathSchema.optional(),
  mirror: z.string().optional(),
  insecure: z.boolean().optional(),
  stallSeconds: z.number().positive().max(3600).optional(),
  signal: signalSchema.optional(),
  onProgress: callbackSchema.optional(),
} satisfies PartsOf<PullRequest>)

const splitShare = z.number().min(0).max(1)

/** What `writeShapes` takes. */
export const writeShapesSchema = z.strictObject({
  ...shapesParts,
  format: z.enum(['jpg', 'png']).optional(),
  shares: z
    .strictObject({ test: splitShare, val: splitShare })
    .refine(({ test, val }) => test + val <= 1, 'expected shares of together at most 1')
    .optional(),
  onProgress: callbackSchema.optional(),
} satisfies PartsOf<WriteShapesOptions>)
