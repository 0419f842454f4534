/** @file config.json of a run folder: everything the run was told, defaults included. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { _default, extend } from 'zod/mini'
import { augmentSchema } from '../../augment/augment-schema.ts'
import { NO_MOSAIC, NO_TURN } from '../../augment/options.ts'
import { checkOptions } from '../../check/check-options.ts'
import { modelSchemaWith } from '../../config/model.ts'
import { bindRules, requireRules } from '../../config/rule-slots.ts'
import { trainSchema } from '../../config/train.ts'
import { TRAIN_DEFAULTS } from '../../config/train-defaults.ts'
import type { ErrorCode } from '../../error/codes.ts'
import { DIFFICULT_IN_TRAINING } from '../../label/difficult.ts'
import { FORMAT_NAMES } from '../../label/format-names.ts'
import { UNLABELLED } from '../../label/unlabelled.ts'
import type { Rule } from '../../rule/rule.ts'
import { runError } from './run-error.ts'
import { RUN_FILES } from './run-folder.ts'

/** How long a run lasts. */
const budgetSchema = z.union([
  z.strictObject({ epochs: z.number().positive() }),
  z.strictObject({ minutes: z.number().positive() }),
])

/** Everything a run was told. */
const runConfigSchemaWith = (rules: readonly Rule[]) =>
  z.strictObject({
    /** The data folder; absolute, so that the run can be resumed from any working folder. */
    data: z.string().min(1),
    format: z.enum(FORMAT_NAMES).optional(),
    unlabelled: z.enum(UNLABELLED).optional(),
    difficult: z.enum(DIFFICULT_IN_TRAINING).optional(),
    split: z.string().optional(),
    validate: z.string().optional(),
    budget: budgetSchema,
    model: modelSchemaWith(rules),
    // A run that was begun before there was such a setting took one batch per step.
    train: extend(trainSchema, {
      accumulate: _default(trainSchema.shape.accumulate, TRAIN_DEFAULTS.accumulate),
    }),
    // So did one that was begun before there were mosaics, and turned pictures, without any.
    augment: augmentSchema.extend({
      turn: augmentSchema.shape.turn.default({ ...NO_TURN }),
      mosaic: augmentSchema.shape.mosaic.default({ ...NO_MOSAIC, centre: [...NO_MOSAIC.centre] }),
    }),
    snapshots: z.number().int().min(0).optional(),
  })

/** Everything a run was told: the content of config.json. */
export type RunConfig = z.infer<ReturnType<typeof runConfigSchemaWith>>

/** Where a run's config is from, for messages, and the rules from outside that it may choose. */
export interface RunConfigOrigin {
  /** Of the error: the request or the file may be what is wrong. */
  readonly code: ErrorCode
  /** Whose content it is, if a file's. */
  readonly file?: string
  readonly rules?: readonly Rule[] | undefined
}

/**
 * Checks what a run is told, and binds the rules that it chooses.
 * @throws SingleshotError naming every wrong place, what was expected there and what was found; E_RULE
 */
export function checkRunConfig(
  config: object,
  { code, file, rules = [] }: RunConfigOrigin,
): RunConfig {
  const checked = checkOptions(runConfigSchemaWith(rules), config, 'train', {
    code,
    ...(file !== undefined && { file }),
  })
  return { ...checked, model: bindRules(checked.model, rules) }
}

/**
 * Reads the config of a run folder.
 * @throws SingleshotError E_RUN when it is missing, damaged or of another shape; E_RULE when the run was begun with a rule
 * that was not handed over
 */
export async function readRunConfig(
  run: string,
  rules: readonly Rule[] | undefined = [],
): Promise<RunConfig> {
  const file = join(run, RUN_FILES.config)
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'))
    const config = typeof content === 'object' && content !== null ? content : {}
    requireRules('model' in config ? config.model : undefined, rules, file)
    return checkRunConfig(config, { code: 'E_RUN', file, rules })
  } catch (error) {
    throw runError(file, error)
  }
}
