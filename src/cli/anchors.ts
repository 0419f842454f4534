/** @file `singleshot anchors`. */
import type { CoverageGroup, CoverageReport } from '../anchor/coverage-report.ts'
import { countOf } from '../error/count-of.ts'
import { EXIT } from '../error/exit-codes.ts'
import type { AnchorsResult } from '../node/fit-anchors.ts'
import type { Command, Invocation } from './command.ts'
import { createDataTalk } from './data-talk.ts'
import type { Options } from './option.ts'
import { FORMAT_OPTION, INPUT_OPTION, NETWORK_OPTION } from './shared-options.ts'
import { say, writeJsonLine, writeText } from './terminal.ts'

const OPTIONS = {
  data: { type: 'text', value: 'DIR', required: true, text: 'labelled pictures' },
  format: FORMAT_OPTION,
  split: {
    type: 'text',
    value: 'NAME',
    otherwise: 'trainval, else train, else all',
    text: 'part of the data',
  },
  model: NETWORK_OPTION,
  input: INPUT_OPTION,
  fit: {
    type: 'text',
    value: 'FILE.json',
    text: 'look for anchors that fit, and write them as a config file for `train --config`',
  },
} as const satisfies Options

/** Measures how well anchors fit. */
export const anchorsCommand: Command<typeof OPTIONS> = {
  name: 'anchors',
  summary:
    'Tells before training how well the anchors of a network fit your objects, and finds ones that fit better.',
  usage: '--data DIR [--model tiny] [--fit FILE.json]',
  example: 'singleshot anchors --data cells --model ssd300 --fit anchors.json',
  options: OPTIONS,
  run: runAnchors,
}

async function runAnchors({ options, signal }: Invocation<typeof OPTIONS>): Promise<number> {
  const { measureAnchors } = await import('../node/fit-anchors.ts')
  const { data, format, split, model, input, fit } = options
  const talk = createDataTalk(false, say)
  const result = await measureAnchors({
    ...{ data, format, split, model, input, fit, signal },
    onEvent: ({ problem }) => talk.problem(problem),
  })
  if (options.json) writeJsonLine(result)
  else writeText(describeAnchors(result))
  for (const sentence of adviceOn(result)) say(sentence)
  return EXIT.ok
}

/** A table: each group of objects, and how many of them an anchor reaches, before and after. */
export function describeAnchors({ model, data, coverage, fitted }: AnchorsResult): string {
  const { input, anchors, all, classes, sizes } = coverage
  const after = fitted?.coverage
  const groups = [all, ...classes, ...sizes]
  const later = after === undefined ? [] : [after.all, ...after.classes, ...after.sizes]
  const width = Math.max(8, ...groups.map(({ name }) => name.length)) + 2
  const cells = (group: CoverageGroup | undefined) =>
    group === undefined
      ? ''
      : `${percent(group).padStart(8)}${group.meanBestIou.toFixed(2).padStart(7)}`
  const head = after === undefined ? '' : ' fitted    IoU'
  const rows = groups
    .map((group, i) => ({ group, i }))
    .filter(({ group }) => group.objects > 0)
    .map(
      ({ group, i }) =>
        `${group.name.padEnd(width)}${String(group.objects).padStart(8)}${cells(group)}${cells(later[i])}`,
    )
  return [
    `${data}: ${model} at ${input.width}x${input.height}, ${countOf(anchors, 'anchor')}`,
    '',
    `${'objects'.padEnd(width)}${'number'.padStart(8)} reached    IoU${head}`,
    ...rows,
    '',
    'reached: some anchor overlaps the object by the matching threshold; IoU: of the best anchor, mean',
  ].join('\n')
}

const percent = ({ objects, reached }: CoverageGroup) =>
  `${((100 * reached) / Math.max(1, objects)).toFixed(1)} %`

/** What follows from the numbers, in sentences. */
export function adviceOn({ coverage, fitted, model }: AnchorsResult): string[] {
  const { all, orphaned, smallestInCells, matchIouThreshold } = coverage
  const never = all.objects - all.reached
  return [
    ...(never === 0
      ? ['Every object has an anchor that reaches it.']
      : [
          `${countOf(never, 'object')} of ${all.objects} never reach ${matchIouThreshold}: one anchor is forced on each, and learns it badly.`,
        ]),
    ...(orphaned === 0
      ? []
      : [
          `${countOf(orphaned, 'object')} would lose the best anchor to another with the matcher "overwriting"; "bipartite" gives each one.`,
        ]),
    ...(smallestInCells >= 1
      ? []
      : [
          `One object in ten is narrower than ${smallestInCells.toFixed(1)} cells of the finest map: a larger --input would help those.`,
        ]),
    ...(fitted === null ? [] : fittedText({ coverage, model, fitted })),
  ]
}

function fittedText({
  coverage,
  fitted,
  model,
}: Pick<AnchorsResult, 'coverage' | 'model'> & {
  readonly fitted: NonNullable<AnchorsResult['fitted']>
}): string[] {
  const { all } = fitted.coverage
  const same = all.reached === coverage.all.reached && all.meanBestIou === coverage.all.meanBestIou
  if (same)
    return [
      `The anchors of ${model} reach nearly every object: ${fitted.file} leaves them as they are.`,
    ]
  return [
    gainText(coverage, fitted.coverage),
    `Use them: singleshot train --model ${model} --config ${fitted.file} ...`,
  ]
}

function gainText({ all }: CoverageReport, { all: after }: CoverageReport): string {
  return `Fitted: ${percent(all)} → ${percent(after)} reached, mean IoU ${all.meanBestIou.toFixed(2)} → ${after.meanBestIou.toFixed(2)}.`
}
