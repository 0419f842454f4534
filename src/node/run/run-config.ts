/** @file config.json of a run folder: everything the run was told, defaults included. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { augmentSchema } from '../../augment/augment-schema.ts'
import { checkOptions } from '../../check/check-options.ts'
import { modelSchema } from '../../config/model.ts'
import { trainSchema } from '../../config/train.ts'
import type { ErrorCode } from '../../error/codes.ts'
import { runError } from './run-error.ts'
import { RUN_FILES } from './run-folder.ts'

/** How long a run lasts. */
const budgetSchema = z.union([
  z.strictObject({ epochs: z.number().positive() }),
  z.strictObject({ minutes: z.number().positive() }),
])

/** Everything a run was told. */
const runConfigSchema = z.strictObject({
  /** The data folder; absolute, so that the run can be resumed from any working folder. */
  data: z.string().min(1),
  split: z.string().optional(),
  validate: z.string().optional(),
  budget: budgetSchema,
  model: modelSchema,
  train: trainSchema,
  augment: augmentSchema,
  snapshots: z.number().int().min(0).optional(),
})

/** Everything a run was told: the content of config.json. */
export type RunConfig = z.infer<typeof runConfigSchema>

/**
 * Checks what a run is told.
 * @param code of the error: the request or the file may be what is wrong @param file whose content it is, if a file's
 * @throws SingleshotError naming every wrong place, what was expected there and what was found
 */
export function checkRunConfig(config: unknown, code: ErrorCode, file?: string): RunConfig {
  return checkOptions(runConfigSchema, config, 'train', {
    code,
    ...(file !== undefined && { file }),
  })
}

/** Reads the config of a run folder. @throws SingleshotError E_RUN when it is missing, damaged or of another shape */
export async function readRunConfig(run: string): Promise<RunConfig> {
  const file = join(run, RUN_FILES.config)
  try {
    return checkRunConfig(JSON.parse(await readFile(file, 'utf8')), 'E_RUN', file)
  } catch (error) {
    throw runError(file, error)
  }
}
