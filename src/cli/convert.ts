/** @file `singleshot convert`. */
import { SPLITS_DEFAULTS, type SplitShares } from '../dataset/split.ts'
import { countOf } from '../error/count-of.ts'
import { EXIT } from '../error/exit-codes.ts'
import { FORMAT_NAMES } from '../label/format-names.ts'
import { TRAITS } from '../label/labels.ts'
import { LOST_WORDS } from '../label/lost.ts'
import type { ConvertResult } from '../node/data/convert.ts'
import { type Command, type Invocation, usageError } from './command.ts'
import { createDataTalk, STRICT_OPTION } from './data-talk.ts'
import type { Options } from './option.ts'
import { FORMAT_OPTION, SEED_OPTION } from './shared-options.ts'
import { createProgress, say, writeJsonLine, writeRow } from './terminal.ts'

const OPTIONS = {
  from: { type: 'text', value: 'DIR', required: true, text: 'labelled pictures' },
  to: {
    type: 'text',
    value: 'FORMAT',
    choices: FORMAT_NAMES,
    required: true,
    text: `format to write: ${FORMAT_NAMES.join(', ')}`,
  },
  out: { type: 'text', value: 'DIR', required: true, text: 'folder to make; new or empty' },
  format: FORMAT_OPTION,
  split: { type: 'text', value: 'NAME', otherwise: 'all pictures', text: 'part of the data' },
  divide: {
    type: 'text',
    value: 'TRAIN/VAL/TEST',
    text: 'new splits in percent, e.g. 70/10/20: each class divided alike, pictures nearly equal kept in one',
  },
  seed: { ...SEED_OPTION, default: SPLITS_DEFAULTS.seed },
  copy: {
    type: 'flag',
    text: 'copy the pictures into the folder; so it is done without this, too',
  },
  link: { type: 'flag', text: 'link to the pictures instead of copying them' },
  'labels-only': { type: 'flag', text: 'write no pictures' },
  strict: STRICT_OPTION,
} as const satisfies Options

/** Writes labels in another format. */
export const convertCommand: Command<typeof OPTIONS> = {
  name: 'convert',
  summary: 'Writes labelled pictures in another format, and tells what that format cannot hold.',
  usage: '--from DIR --to FORMAT --out DIR [--link | --labels-only]',
  example: 'singleshot convert --from cells --to coco --out cells-coco',
  options: OPTIONS,
  run: runConvert,
}

async function runConvert({ options, signal }: Invocation<typeof OPTIONS>): Promise<number> {
  const { link, copy, 'labels-only': labelsOnly } = options
  if ([link, copy, labelsOnly].filter(Boolean).length > 1)
    throw usageError(convertCommand, 'expected one of --copy, --link and --labels-only')
  const { convertLabels } = await import('../node/data/convert.ts')
  const progress = createProgress()
  const talk = createDataTalk(options.strict, say)
  const result = await convertLabels({
    from: options.from,
    to: options.to,
    out: options.out,
    format: options.format,
    split: options.split,
    divide: options.divide === undefined ? undefined : readShares(options.divide),
    seed: options.seed,
    pictures: link ? 'link' : labelsOnly ? 'none' : 'copy',
    strict: options.strict,
    signal,
    onEvent: (event) => {
      if (event.type === 'problem') return talk.problem(event.problem)
      const { done, total } = event
      progress.update(done / total!, `${done} of ${countOf(total!, 'picture')}`)
    },
  }).finally(() => progress.done())
  if (options.json) writeJsonLine(result)
  else writeRow(result.out)
  for (const sentence of describeConversion(result)) say(sentence)
  return EXIT.ok
}

/** `70/10/20` as shares. @throws SingleshotError E_USAGE */
function readShares(text: string): SplitShares {
  const parts = /^(\d{1,3})\/(\d{1,3})\/(\d{1,3})$/.exec(text)?.slice(1).map(Number) ?? []
  const [train = 0, val = 0, test = 0] = parts
  if (train > 0 && train + val + test === 100) return { val: val / 100, test: test / 100 }
  throw usageError(
    convertCommand,
    'expected --divide to be three percentages that make 100, e.g. 70/10/20',
    text,
  )
}

/** What a conversion did, in sentences. */
export function describeConversion(result: ConvertResult): string[] {
  const { pictures, objects, from, to, reason, lost, leftOut, classes } = result
  const why = reason === null ? '' : ` (${reason})`
  const missing = [
    ...(leftOut.images === 0 ? [] : [countOf(leftOut.images, 'picture')]),
    ...(leftOut.objects === 0 ? [] : [countOf(leftOut.objects, 'object')]),
  ]
  return [
    `Read as ${from}${why}, written as ${to}: ${countOf(pictures, 'picture')}, ${countOf(objects, 'object')}, ${countOf(classes.length, 'class', 'classes')}.`,
    ...TRAITS.flatMap((trait) => {
      const count = lost[trait]
      if (count === undefined) return []
      const [one, many, then] = LOST_WORDS[trait]
      return [`${to} cannot hold ${countOf(count, one, many)}: ${then}.`]
    }),
    ...(missing.length === 0
      ? []
      : [`Left out, because something is wrong: ${missing.join(' and ')}.`]),
  ]
}
