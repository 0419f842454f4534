/**
 * @file What the public functions take, as schemas: each checks its request by one of these before it does anything.
 * A type that gets a new field does not compile until its schema here has it too.
 */
import { z } from 'zod'
import { augmentOptionsSchema } from '../augment/augment-schema.ts'
import { MOST_EPOCHS, MOST_MINUTES } from '../check/limits.ts'
import { callbackSchema, engineParts, pathSchema, signalSchema } from '../check/schemas.ts'
import { detectOptionsSchema } from '../config/detect.ts'
import { EXPORT_FORMATS } from '../config/export.ts'
import { inputSizeSchema } from '../config/model.ts'
import { PRESET_NAMES } from '../config/presets.ts'
import { rulesSchema } from '../config/rule-slots.ts'
import { trainSchema } from '../config/train.ts'
import { shapesParts } from '../dataset/scene-schema.ts'
import { PUBLISHED, type PublishedName } from '../weights/foreign/published.ts'
import type { WriteShapesOptions } from './data/write-shapes.ts'
import type { DetectManyOptions } from './detect-request.ts'
import type { EvaluateOptions } from './evaluate.ts'
import type { ExportRequest } from './export.ts'
import type { PullRequest } from './fetch/pull.ts'
import type { ImportRequest } from './import-weights.ts'
import type { LoadOptions } from './model.ts'
import type { ResumeRequest, SessionOptions, StartRequest } from './run/train-request.ts'

/** A schema for every field of a type. */
type PartsOf<T> = Record<keyof T, z.ZodType>

/** Models to keep along the way; each is a file. */
const MOST_SNAPSHOTS = 1000

const text = z.string().min(1).max(4096)

/** What differs from a preset; its own names and bounds are checked when it is applied. */
const configPatchSchema = z.strictObject({
  model: z.record(z.string(), z.unknown()).optional(),
  train: z.record(z.string(), z.unknown()).optional(),
})

const sessionParts = {
  ...engineParts,
  rules: rulesSchema.optional(),
  strict: z.boolean().optional(),
  signal: signalSchema.optional(),
  onEvent: callbackSchema.optional(),
} satisfies PartsOf<SessionOptions>

/** How long to train: by one of two measures. */
const budgetParts = {
  epochs: z.number().positive().max(MOST_EPOCHS).optional(),
  minutes: z.number().positive().max(MOST_MINUTES).optional(),
}

const ONE_BUDGET = 'expected epochs or minutes, got both'

/** What `train` takes to begin a run. */
export const startRequestSchema = z
  .strictObject({
    ...sessionParts,
    ...budgetParts,
    data: pathSchema,
    out: pathSchema,
    split: text.optional(),
    validate: text.optional(),
    model: z.enum(PRESET_NAMES).optional(),
    input: inputSizeSchema.optional(),
    settings: trainSchema.partial().optional(),
    config: z.union([pathSchema, configPatchSchema]).optional(),
    augment: augmentOptionsSchema.optional(),
    weights: pathSchema.optional(),
    snapshots: z.number().int().min(0).max(MOST_SNAPSHOTS).optional(),
    resume: z.undefined().optional(),
  } satisfies PartsOf<StartRequest>)
  .refine(hasOneBudget, { path: ['minutes'], message: ONE_BUDGET })

/** What `train` takes to go on with a run. */
export const resumeRequestSchema = z
  .strictObject({
    ...sessionParts,
    ...budgetParts,
    resume: pathSchema,
    data: pathSchema.optional(),
  } satisfies PartsOf<ResumeRequest>)
  .refine(hasOneBudget, { path: ['minutes'], message: ONE_BUDGET })

function hasOneBudget({ epochs, minutes }: Pick<ResumeRequest, 'epochs' | 'minutes'>): boolean {
  return epochs === undefined || minutes === undefined
}

/** What `detect` takes besides the picture or pictures. */
export const detectRequestSchema = z.strictObject({
  ...detectOptionsSchema.shape,
  signal: signalSchema.optional(),
  strict: z.boolean().optional(),
  recursive: z.boolean().optional(),
  onEvent: callbackSchema.optional(),
} satisfies PartsOf<DetectManyOptions>)

/** What `loadModel` takes besides the model. */
export const loadOptionsSchema = z.strictObject({
  ...engineParts,
  rules: rulesSchema.optional(),
  signal: signalSchema.optional(),
} satisfies PartsOf<LoadOptions>)

/** What `evaluate` takes. */
export const evaluateOptionsSchema = z.strictObject({
  data: pathSchema,
  split: text.optional(),
  strict: z.boolean().optional(),
  signal: signalSchema.optional(),
  onEvent: callbackSchema.optional(),
} satisfies PartsOf<EvaluateOptions>)

/** What `exportModel` takes. */
export const exportRequestSchema = z.strictObject({
  model: pathSchema,
  format: z.enum(EXPORT_FORMATS),
  out: pathSchema,
  nms: z.boolean().optional(),
  detect: detectOptionsSchema.optional(),
  rules: rulesSchema.optional(),
  signal: signalSchema.optional(),
} satisfies PartsOf<ExportRequest>)

/** What `importWeights` takes. */
export const importRequestSchema = z.strictObject({
  file: pathSchema,
  model: z.enum(PRESET_NAMES),
  out: pathSchema,
  classes: pathSchema.optional(),
  signal: signalSchema.optional(),
} satisfies PartsOf<ImportRequest>)

/** What `pull` takes. */
export const pullRequestSchema = z.strictObject({
  name: z.enum(Object.keys(PUBLISHED) as [PublishedName, ...PublishedName[]]),
  cache: pathSchema.optional(),
  mirror: z.string().optional(),
  insecure: z.boolean().optional(),
  stallSeconds: z.number().positive().max(3600).optional(),
  signal: signalSchema.optional(),
  onEvent: callbackSchema.optional(),
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
  signal: signalSchema.optional(),
  onEvent: callbackSchema.optional(),
} satisfies PartsOf<WriteShapesOptions>)
