/** @file `singleshot import`. */
import { PRESET_NAMES } from '../config/presets.ts'
import { countOf } from '../error/count-of.ts'
import { EXIT } from '../error/exit-codes.ts'
import type { ImportResult } from '../node/import-weights.ts'
import { describeMisfit } from '../weights/foreign/fit.ts'
import { type Command, type Invocation, usageError } from './command.ts'
import type { Options } from './option.ts'
import { say, writeJsonLine, writeRow } from './terminal.ts'

const OPTIONS = {
  model: {
    type: 'text',
    value: 'NAME',
    choices: PRESET_NAMES,
    required: true,
    text: `the network that FILE is of: ${PRESET_NAMES.join(', ')}`,
  },
  out: { type: 'text', value: 'MODEL', required: true, text: 'model file to make' },
  classes: {
    type: 'text',
    value: 'FILE',
    otherwise: "COCO's for 91 classes, VOC's for 21; a backbone needs it",
    text: 'class names, one per line, in the order of the training, without background',
  },
} as const satisfies Options

/** Makes a model of weights of another program. */
export const importCommand: Command<typeof OPTIONS> = {
  name: 'import',
  summary:
    'Makes a model file of weights of PyTorch or torchvision (.pth, .pt, .safetensors): a detector or a backbone.',
  usage: 'FILE --model NAME --out MODEL [--classes names.txt]',
  example: 'singleshot import ssd300.pth --model ssd300 --out ssd300.safetensors',
  positionals: true,
  options: OPTIONS,
  run: runImport,
}

async function runImport({
  options,
  positionals,
  signal,
}: Invocation<typeof OPTIONS>): Promise<number> {
  const [file] = positionals
  if (file === undefined || positionals.length > 1)
    throw usageError(importCommand, 'expected one weight FILE', positionals.length)
  const { importWeights } = await import('../node/import-weights.ts')
  const result = await importWeights({
    file,
    model: options.model,
    out: options.out,
    classes: options.classes,
    signal,
  })
  if (options.json) writeJsonLine(result)
  else writeRow(result.model)
  for (const sentence of describeImport(result)) say(sentence)
  return EXIT.ok
}

/** What an import did, in sentences. */
export function describeImport(result: ImportResult): string[] {
  const { title, published, read, fresh, leftOut, rescaled, kind, model, preset, under } = result
  const known = published === null ? '' : `, the published ${published}`
  const next =
    kind === 'detector'
      ? `singleshot detect --model ${model} IMAGE`
      : `singleshot train --model ${preset} --weights ${model} --data DIR --out RUN`
  return [
    `The file is ${title}${known}: ${countOf(read, 'tensor')} read, ${fresh} fresh.`,
    ...(under === undefined
      ? []
      : [`It is a training checkpoint: its weights under ${under} were taken.`]),
    ...(leftOut.length === 0 ? [] : [`${leftOut.length} left out, since their shape differs:`]),
    ...leftOut.map((misfit) => `  ${describeMisfit(misfit)}`),
    ...(rescaled
      ? ['Its first layer was rescaled: it learned on pictures normalised otherwise.']
      : []),
    ...(published === null && kind === 'backbone'
      ? ['It is no published file: were its pictures normalised as the preset does it?']
      : []),
    ...namesSentence(result),
    `Next: ${next}`,
  ]
}

function namesSentence({ namesFrom, classes }: ImportResult): string[] {
  const unnamed = `The file knows ${countOf(classes.length, 'class', 'classes')} and does not name them`
  switch (namesFrom) {
    case 'given':
      return []
    case 'coco':
      return [`${unnamed}; as many as COCO has columns, so its names were taken.`]
    case 'voc':
      return [`${unnamed}; as many as Pascal VOC has, so its names were taken.`]
    case 'numbered':
      return [
        `${unnamed}: they are called class 1 to class ${classes.length}. Name them with --classes.`,
      ]
  }
}
