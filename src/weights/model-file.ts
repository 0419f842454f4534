/**
 * @file A model in one file: weights, class names, anchors, preprocessing and thresholds, so that no part
 * can be lost or mixed up. It is a safetensors file whose metadata holds the model's description.
 *
 * A checkpoint is the same file with the optimiser's state beside the weights (names with a colon, as
 * `velocity:…` and `average:…`) and the progress of the run in its metadata.
 */
import * as z from 'zod/mini'
import { checkOptions } from '../check/check-options.ts'
import { parseJson } from '../check/parse-json.ts'
import { type ModelConfig, modelSchema, modelSchemaWith } from '../config/model.ts'
import { bindRules, requireRules } from '../config/rule-slots.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Floats, Shape } from '../graph/tensor.ts'
import type { Rule } from '../rule/rule.ts'
import { toHalves } from './element-types.ts'
import { checkFinite } from './finite.ts'
import { refusal } from './refuse.ts'
import { readSafetensors, type TensorToStore, writeSafetensors } from './safetensors/safetensors.ts'

/** Raised when a file of this version could no longer be read by the former code. */
const FORMAT_VERSION = 1

/** Characters: ten thousand classes of long names, and room for notes. An ordinary description has 3,000. */
const LONGEST_DESCRIPTION = 4 * 1024 * 1024

/** A model, ready to detect or to train on. */
export interface Model {
  readonly config: ModelConfig
  readonly weights: ReadonlyMap<string, Floats>
  /** Facts about how it came to be (epochs, scores, seed); free for people and tools to read. */
  readonly notes: Readonly<Record<string, unknown>>
}

const headerSchemaWith = (rules: readonly Rule[]) =>
  z.object({
    version: z.literal(FORMAT_VERSION),
    config: rules.length === 0 ? modelSchema : modelSchemaWith(rules),
    notes: z.record(z.string(), z.unknown()),
  })

/** How a model file is read. */
export interface ReadModelOptions {
  /** Rules from outside this package that the model may have been made with. */
  readonly rules?: readonly Rule[] | undefined
}

/** How a model file is written. */
export interface WriteModelOptions {
  /** Store 16-bit floats: half the size, for a model that will not be trained on. Default false. */
  readonly half?: boolean
}

/** The bytes of a model file. @param shapes of the weights, by name */
export function writeModel(
  model: Model,
  shapes: ReadonlyMap<string, Shape>,
  { half = false }: WriteModelOptions = {},
): Uint8Array {
  const tensors = new Map<string, TensorToStore>()
  for (const [name, data] of model.weights)
    tensors.set(name, {
      shape: shapes.get(name) ?? [data.length],
      data: half ? toHalves(data) : data,
    })
  const header = { version: FORMAT_VERSION, config: model.config, notes: model.notes }
  return writeSafetensors({
    tensors,
    metadata: { format: 'pt', singleshot: JSON.stringify(header) },
  })
}

/**
 * Reads a model file's bytes.
 * @param file its name, for messages
 * @throws SingleshotError E_MODEL_FILE when it is truncated, damaged, of another kind, describes what no network is
 * (naming every wrong place), or holds NaN weights; E_RULE when it was made with a rule that was not handed over
 */
export function readModel(
  bytes: Uint8Array,
  file: string,
  { rules = [] }: ReadModelOptions = {},
): Model {
  const { tensors, metadata } = readSafetensors(bytes, file)
  if (metadata.singleshot === undefined)
    throw new SingleshotError('E_MODEL_FILE', {
      where: 'readModel',
      rule: 'expected a model description in the metadata; this safetensors file is of another program',
      got: Object.keys(metadata),
      file,
    })
  const header = parseHeader(metadata.singleshot, file, rules)
  const weights = new Map<string, Floats>()
  for (const [name, { data }] of tensors) {
    checkFinite(data, { where: 'readModel', name, file })
    weights.set(name, data)
  }
  return { config: bindRules(header.config, rules), weights, notes: header.notes }
}

function parseHeader(
  text: string,
  file: string,
  rules: readonly Rule[],
): z.infer<ReturnType<typeof headerSchemaWith>> {
  const refuse = refusal('E_MODEL_FILE', { where: 'readModel', file })
  if (text.length > LONGEST_DESCRIPTION)
    throw refuse(`expected a description of at most ${LONGEST_DESCRIPTION} characters`, text.length)
  const json = parseJson(text, refuse)
  const version = typeof json === 'object' && json !== null && 'version' in json && json.version
  if (typeof json !== 'object' || json === null || version !== FORMAT_VERSION)
    throw refuse(`expected a description of version ${FORMAT_VERSION}`, version || 'none')
  requireRules('config' in json ? json.config : undefined, rules, file)
  return checkOptions(headerSchemaWith(rules), json, 'readModel', { code: 'E_MODEL_FILE', file })
}
