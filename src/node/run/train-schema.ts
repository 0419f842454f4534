/** @file What training is asked for, as schemas: a request that gets a new field does not compile until it is here too. */
import * as z from 'zod'
import { partial } from 'zod/mini'
import { augmentOptionsSchema } from '../../augment/augment-schema.ts'
import { MOST_EPOCHS, MOST_MINUTES } from '../../check/limits.ts'
import {
  callbackSchema,
  type PartsOf,
  pathSchema,
  signalSchema,
  textSchema,
} from '../../check/schemas.ts'
import { inputSizeSchema } from '../../config/model.ts'
import { PRESET_NAMES } from '../../config/presets.ts'
import { rulesSchema } from '../../config/rule-slots.ts'
import { trainSchema } from '../../config/train.ts'
import { engineParts } from '../../engine/engine-schema.ts'
import { DIFFICULT_IN_TRAINING } from '../../label/difficult.ts'
import { FORMAT_NAMES } from '../../label/format-names.ts'
import { UNLABELLED } from '../../label/unlabelled.ts'
import type { ResumeRequest, SessionOptions, StartRequest } from './train-request.ts'

/** Models to keep along the way; each is a file. */
const MOST_SNAPSHOTS = 1000

/** What differs from a preset; its own names and bounds are checked when it is applied. */
const configPatchSchema = z.strictObject({
  model: z.record(z.string(), z.unknown()).optional(),
  train: z.record(z.string(), z.unknown()).optional(),
})

const sessionParts = {
  ...engineParts,
  rules: z.optional(rulesSchema),
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
    format: z.enum(FORMAT_NAMES).optional(),
    unlabelled: z.enum(UNLABELLED).optional(),
    difficult: z.enum(DIFFICULT_IN_TRAINING).optional(),
    split: textSchema.optional(),
    validate: textSchema.optional(),
    model: z.enum(PRESET_NAMES).optional(),
    input: z.optional(inputSizeSchema),
    settings: z.optional(partial(trainSchema)),
    config: z.union([pathSchema, configPatchSchema]).optional(),
    augment: augmentOptionsSchema.optional(),
    anchors: z.enum(['preset', 'fit']).optional(),
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
