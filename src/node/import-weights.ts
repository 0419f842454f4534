/** @file From a weight file of another program to a model file of ours: what the CLI's `import` does. */

import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import * as z from 'zod'
import { orAborted } from '../call/or-aborted.ts'
import { checkOptions } from '../check/check-options.ts'
import { type PartsOf, pathSchema, signalSchema } from '../check/schemas.ts'
import { PRESET_NAMES, type PresetName } from '../config/presets.ts'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'
import type { Misfit } from '../weights/foreign/fit.ts'
import { type ImportedModel, importModel } from '../weights/foreign/import-model.ts'
import { isNeeded } from '../weights/foreign/name-maps.ts'
import { findPublished, PUBLISHED, type PublishedName } from '../weights/foreign/published.ts'
import { writeModel } from '../weights/model-file.ts'
import { readWeights } from '../weights/read-weights.ts'
import { sha256Of } from './fetch/checksum.ts'
import { readClassList } from './files/class-list.ts'
import { refuseExisting, writeNewFile } from './files/new-file.ts'

/** What to import, as what, to where. */
export interface ImportRequest {
  /** A `.pth`, `.pt` or `.safetensors` file. */
  readonly file: string
  /** The preset whose network the file is of. */
  readonly model: PresetName
  /** The model file to make; it must not be there yet. */
  readonly out: string
  /** A text file of class names, one a line; needed for a backbone. */
  readonly classes?: string | undefined
  /** Ends the import with its reason; no file is left. */
  readonly signal?: AbortSignal | undefined
}

/** What `importWeights` takes. */
const importRequestSchema = z.strictObject({
  file: pathSchema,
  model: z.enum(PRESET_NAMES),
  out: pathSchema,
  classes: pathSchema.optional(),
  signal: signalSchema.optional(),
} satisfies PartsOf<ImportRequest>)

/** What an import made. */
export interface ImportResult {
  /** The model file. */
  readonly model: string
  readonly preset: PresetName
  /** A detector is ready to detect; a backbone is a start for training. */
  readonly kind: 'detector' | 'backbone'
  /** What the file is, in words. */
  readonly title: string
  /** Which published file it is, whatever its name; null for any other. */
  readonly published: PublishedName | null
  readonly sha256: string
  /** Where in a training checkpoint the weights were, e.g. `model_ema`; undefined in a file of weights alone. */
  readonly under: string | undefined
  readonly classes: readonly string[]
  readonly namesFrom: ImportedModel['namesFrom']
  /** Tensors that are the file's, and fresh ones. */
  readonly read: number
  readonly fresh: number
  /** Tensors of the file that have another shape than the network's. */
  readonly leftOut: readonly Misfit[]
  /** Whether the first layer was rescaled for the preset's normalisation. */
  readonly rescaled: boolean
}

/**
 * Imports weights.
 * @throws SingleshotError E_CONFIG for a request that is wrong; E_FILE_MISSING; E_OUTPUT_EXISTS; E_WEIGHTS_FILE or E_MODEL_FILE for a damaged file
 * or weights that are no numbers; E_WEIGHTS_FIT; E_CLASS_LIST; E_USAGE; E_WRITE; the signal's reason
 */
export async function importWeights(request: ImportRequest): Promise<ImportResult> {
  checkOptions(importRequestSchema, request, 'importWeights')
  const { file, model: preset, out, classes: list, signal } = request
  signal?.throwIfAborted()
  await refuseExisting('importWeights', out)
  const classes = list === undefined ? undefined : await readClassList(list)
  const bytes = await orAborted(readBytes(file), signal)
  const sha256 = sha256Of(bytes)
  const published = findPublished(sha256) ?? null
  const { tensors, under } = readWeights(bytes, file, { keep: isNeeded })
  const learnedOn = published === null ? undefined : PUBLISHED[published].learnedOn
  const imported = importModel({ tensors, preset, classes, learnedOn, file })
  const { config, weights, shapes, map, namesFrom, read, fresh, misfits, rescaled } = imported
  const { kind, title } = map
  const facts = { preset, kind, title, published, sha256 }
  const notes = { importedFrom: { file: basename(file), ...facts, under, read, fresh, rescaled } }
  signal?.throwIfAborted()
  const made = writeModel({ config, weights, notes }, shapes)
  await writeNewFile(out, made, { where: 'importWeights', signal })
  const { classes: names } = config
  const counts = { read, fresh, leftOut: misfits, rescaled }
  return { model: out, ...facts, under, classes: names, namesFrom, ...counts }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw new SingleshotError('E_FILE_MISSING', {
      where: 'importWeights',
      rule: 'expected a weight file',
      got: describeError(cause),
      file,
      cause,
    })
  }
}
