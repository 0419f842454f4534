/**
 * @file A config file: the few numbers that shall differ from a preset's, as JSON, with the preset's own names.
 *
 *     { "model": { "loss": { "classLoss": { "name": "focal", "alpha": 0.25, "gamma": 2 } } },
 *       "train": { "learningRate": 0.01, "rates": { "backbone": 0.1 } } }
 *
 * What is not named stays as the preset has it. Lists are replaced whole; so is a part whose `name` changes, since
 * its other numbers would mean something else, and an optimiser brings its own defaults. The result is checked like
 * any description, with every wrong place named.
 */
import * as z from 'zod'
import { omit } from 'zod/mini'
import { checkOptions } from '../check/check-options.ts'
import { MOST_STEP_PIXELS } from '../check/limits.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Rule } from '../rule/rule.ts'
import { type ModelConfig, modelPartsWith, modelSchemaWith } from './model.ts'
import { bindRules } from './rule-slots.ts'
import { type TrainConfig, trainSchema, withSettings } from './train.ts'

/** The content of a config file: what differs from a preset, with the preset's own names. */
export interface ConfigPatch {
  readonly model?: Readonly<Record<string, unknown>> | undefined
  readonly train?: Readonly<Record<string, unknown>> | undefined
}

/** What a detector and a run are made with. */
export interface Configuration {
  readonly model: ModelConfig
  readonly train: TrainConfig
}

const partsWith = (rules: readonly Rule[] = []) =>
  z.strictObject({ model: modelSchemaWith(rules), train: trainSchema })

/** What a config file may hold, in full; in a file every part may be missing. @param rules from outside */
export const configurationSchemaWith = (rules: readonly Rule[] = []) =>
  partsWith(rules).superRefine(({ model, train }, context) => {
    if (context.issues.length > 0) return
    const { width, height } = model.input
    const most = Math.floor(MOST_STEP_PIXELS / (width * height))
    if (train.batch <= most) return
    const message = `expected at most ${most} images per step of ${width}x${height} pixels`
    context.addIssue({
      code: 'custom',
      path: ['train', 'batch'],
      message,
      params: { got: train.batch },
    })
  })

/**
 * Applies a config file to a configuration.
 * @param patch the file's content, parsed from JSON
 * @param file its name, for messages; undefined where there is no file @param rules from outside that may be chosen
 * @throws SingleshotError E_CONFIG naming every wrong place, what was expected there and what was found
 */
export function applyConfig(
  base: Configuration,
  patch: unknown,
  file: string | undefined,
  rules: readonly Rule[] = [],
): Configuration {
  const origin = file === undefined ? {} : { file }
  const refuse = (rule: string, got: unknown) =>
    new SingleshotError('E_CONFIG', { where: 'config', rule, got, ...origin })
  if (!isRecord(patch)) throw refuse('expected an object with "model" or "train"', patch)
  if (isRecord(patch.model) && patch.model.classes !== undefined)
    throw refuse(
      'expected no model.classes: the classes are those of the data',
      patch.model.classes,
    )
  const merged = merge(withOptimiser(base, patch.train), patch)
  const checked = checkOptions(configurationSchemaWith(rules), merged, 'config', origin)
  return { ...checked, model: bindRules(checked.model, rules) }
}

/** The JSON Schema of config files: every part may be missing, nothing else may be there. */
export function configFileJsonSchema(): Record<string, unknown> {
  const model = omit(modelPartsWith(), { classes: true })
  const full = z.toJSONSchema(partsWith().extend({ model }))
  const partial = withoutRequired(full) as Record<string, unknown>
  return { ...partial, title: 'singleshot config file' }
}

/** The base, with what belongs to the optimiser that the patch names. */
function withOptimiser(base: Configuration, train: unknown): Configuration {
  const { data: optimiser } = trainSchema.shape.optimiser.safeParse(
    isRecord(train) && train.optimiser,
  )
  return optimiser === undefined
    ? base
    : { ...base, train: withSettings(base.train, { optimiser }) }
}

/** The base with the patch's values in place of its own. */
function merge(base: unknown, patch: unknown): unknown {
  if (!isRecord(base) || !isRecord(patch)) return patch
  if (patch.name !== undefined && patch.name !== base.name) return patch
  const names = new Set([...Object.keys(base), ...Object.keys(patch)])
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      Object.hasOwn(patch, name) ? merge(base[name], patch[name]) : base[name],
    ]),
  )
}

function withoutRequired(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutRequired)
  if (!isRecord(schema)) return schema
  const kept = Object.entries(schema).filter(
    ([key, value]) => !(key === 'required' && Array.isArray(value)),
  )
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutRequired(value)]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
