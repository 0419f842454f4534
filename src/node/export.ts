/** @file A model's file for other programs: ONNX for other runtimes, or a state dict for PyTorch. */
import * as z from 'zod'
import type { Size } from '../box/box.ts'
import { orAborted } from '../call/or-aborted.ts'
import { checkOptions } from '../check/check-options.ts'
import { type PartsOf, pathSchema, signalSchema } from '../check/schemas.ts'
import { detectOptionsSchema } from '../config/detect.ts'
import { EXPORT_FORMATS, type ExportFormat } from '../config/export.ts'
import { rulesSchema } from '../config/rule-slots.ts'
import { type ExportOnnxOptions, exportOnnx } from '../detect/export-onnx.ts'
import { exportStateDict } from '../detect/export-state-dict.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { ReadModelOptions } from '../weights/model-file.ts'
import { refuseExisting, writeNewFile } from './files/new-file.ts'
import { readDetector } from './model.ts'

/** What to export, and as what. `nms` and `detect` are for ONNX only. */
export interface ExportRequest extends ExportOnnxOptions, ReadModelOptions {
  /** A model file, or a run folder (its best model, else its last). */
  readonly model: string
  readonly format: ExportFormat
  /** The file to make; it must not be there yet. */
  readonly out: string
  /** Ends the export with its reason; no file is left. */
  readonly signal?: AbortSignal | undefined
}

/** What `exportModel` takes. */
const exportRequestSchema = z.strictObject({
  model: pathSchema,
  format: z.enum(EXPORT_FORMATS),
  out: pathSchema,
  nms: z.boolean().optional(),
  detect: z.optional(detectOptionsSchema),
  rules: z.optional(rulesSchema),
  signal: signalSchema.optional(),
} satisfies PartsOf<ExportRequest>)

/** What was written. */
export interface ExportResult {
  /** The file. */
  readonly out: string
  readonly format: ExportFormat
  /** Its length. */
  readonly bytes: number
  /** Class names in class-id order: what `labels` count. */
  readonly classes: readonly string[]
  /** Size that pictures must have, pixels. */
  readonly input: Size
}

/**
 * Writes a model for other programs; docs/export.md says what is in the file.
 * @throws SingleshotError E_MODEL_MISSING, E_MODEL_FILE; E_CONFIG for an unknown format, or options that it does
 * not have; E_OUTPUT_EXISTS; E_WRITE; the signal's reason
 * @example
 * ```js
 * import { exportModel } from 'singleshot'
 *
 * const { out } = await exportModel({ model: 'run', format: 'onnx', nms: true, out: 'shapes.onnx' })
 * console.log(out) // → shapes.onnx
 * ```
 */
export async function exportModel(request: ExportRequest): Promise<ExportResult> {
  const { model: path, format, out, nms, detect, rules, signal } = request
  checkOptions(exportRequestSchema, request, 'exportModel')
  checkFormat(request)
  signal?.throwIfAborted()
  await refuseExisting('exportModel', out)
  const model = await orAborted(readDetector(path, { rules }), signal)
  const options = { ...(nms !== undefined && { nms }), ...(detect !== undefined && { detect }) }
  const bytes = format === 'onnx' ? exportOnnx(model, options) : exportStateDict(model)
  await writeNewFile(out, bytes, { where: 'exportModel', signal })
  const { classes, input } = model.config
  return { out, format, bytes: bytes.length, classes, input }
}

function checkFormat({ format, nms, detect }: ExportRequest): void {
  if (format === 'onnx' || (nms !== true && detect === undefined)) return
  const rule = 'expected nms and thresholds with format onnx only'
  throw new SingleshotError('E_CONFIG', { where: 'exportModel', rule, got: format })
}
