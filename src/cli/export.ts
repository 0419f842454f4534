/** @file `singleshot export`. */

import { EXPORT_FORMATS } from '../config/export.ts'
import { countOf } from '../error/count-of.ts'
import { EXIT } from '../error/exit-codes.ts'
import type { ExportRequest, ExportResult } from '../node/export.ts'
import { type Command, type Invocation, usageError } from './command.ts'
import type { Options, Values } from './option.ts'
import { RULES_OPTION } from './shared-options.ts'
import { say, writeJsonLine, writeRow } from './terminal.ts'

const OPTIONS = {
  format: {
    type: 'text',
    choices: EXPORT_FORMATS,
    required: true,
    text: 'onnx for other runtimes (docs/export.md); safetensors for PyTorch',
  },
  out: { type: 'text', value: 'FILE', required: true, text: 'file to make' },
  nms: {
    type: 'flag',
    text: 'onnx: also select the detections; without, every box and score comes out',
  },
  score: {
    type: 'number',
    value: 'X',
    min: 0,
    max: 1,
    otherwise: "the model's",
    text: 'with --nms: minimum score of a detection',
  },
  rules: RULES_OPTION,
} as const satisfies Options

/** Writes a model for other programs. */
export const exportCommand: Command<typeof OPTIONS> = {
  name: 'export',
  summary:
    'Writes a model for other programs: one ONNX file with everything in it, or a state dict for PyTorch.',
  usage: 'MODEL --format onnx|safetensors --out FILE [--nms]',
  example: 'singleshot export runs/cells --format onnx --nms --out cells.onnx',
  positionals: true,
  options: OPTIONS,
  run: runExport,
}

async function runExport({
  options,
  positionals,
  signal,
}: Invocation<typeof OPTIONS>): Promise<number> {
  const request = requestOf(options, positionals)
  const { exportModel } = await import('../node/export.ts')
  const { readRules } = await import('./read-rules.ts')
  const rules = await readRules(options)
  const result = await exportModel({ ...request, rules, signal })
  if (options.json) writeJsonLine(result)
  else writeRow(result.out)
  say(describe(result))
  return EXIT.ok
}

/** @throws SingleshotError E_USAGE for options that make no sense without one another */
function requestOf(options: Values<typeof OPTIONS>, positionals: readonly string[]): ExportRequest {
  const [model, ...others] = positionals
  if (model === undefined || others.length > 0)
    throw usageError(exportCommand, 'expected one run folder or model file', positionals)
  const nms = options.nms
  if (nms && options.format !== 'onnx')
    throw usageError(exportCommand, 'expected --nms with --format onnx only', options.format)
  if (options.score !== undefined && !nms)
    throw usageError(exportCommand, 'expected --score with --nms only')
  return {
    model,
    format: options.format,
    out: options.out,
    ...(nms && { nms }),
    ...(options.score !== undefined && { detect: { scoreThreshold: options.score } }),
  }
}

function describe({ format, bytes, classes, input }: ExportResult): string {
  const size = `${(bytes / 1e6).toFixed(1)} MB`
  if (format === 'safetensors') return `State dict, ${size}.`
  const pictures = `takes pictures of ${input.width}x${input.height} pixels`
  return `ONNX model, ${size}, ${pictures}, knows ${countOf(classes.length, 'class', 'classes')}. How to use it: docs/export.md`
}
