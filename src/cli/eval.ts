/** @file `singleshot eval`. */

import { TEST_SPLIT } from '../dataset/split.ts'
import { countOf } from '../error/count-of.ts'
import { EXIT } from '../error/exit-codes.ts'
import { formatReport } from '../evaluate/report.ts'
import { DIFFICULT_IN_JUDGING } from '../label/difficult.ts'
import type { Command, Invocation } from './command.ts'
import { createDataTalk, STRICT_OPTION } from './data-talk.ts'
import type { Options } from './option.ts'
import {
  ENGINE_OPTIONS,
  engineOptions,
  FORMAT_OPTION,
  MODEL_OPTION,
  RULES_OPTION,
} from './shared-options.ts'
import { createProgress, say, writeJsonLine, writeText } from './terminal.ts'

const OPTIONS = {
  model: MODEL_OPTION,
  data: { type: 'text', value: 'DIR', required: true, text: 'labelled pictures' },
  format: FORMAT_OPTION,
  split: { type: 'text', value: 'NAME', default: TEST_SPLIT, text: 'part of the data' },
  protocol: { type: 'text', choices: ['voc'], default: 'voc', text: 'judging rule' },
  difficult: {
    type: 'text',
    choices: DIFFICULT_IN_JUDGING,
    otherwise: 'ignore, as in Pascal VOC',
    text: 'objects marked difficult: they count neither way, or as any other',
  },
  strict: STRICT_OPTION,
  rules: RULES_OPTION,
  ...ENGINE_OPTIONS,
} as const satisfies Options

/** Measures a detector. */
export const evalCommand: Command<typeof OPTIONS> = {
  name: 'eval',
  summary: 'Measures a detector on labelled pictures: AP per class and mAP, by Pascal VOC’s rule.',
  usage: '--model RUN_OR_FILE --data DIR [--split test]',
  example: 'singleshot eval --model runs/cells --data cells --split test',
  options: OPTIONS,
  run: runEval,
}

async function runEval({ options, signal }: Invocation<typeof OPTIONS>): Promise<number> {
  const { evaluate } = await import('../node/evaluate.ts')
  const { loadModel } = await import('../node/model.ts')
  const { readRules } = await import('./read-rules.ts')
  const rules = await readRules(options)
  const loading = { ...engineOptions(options), rules, signal }
  const model = await loadModel(options.model, loading)
  const progress = createProgress()
  const strict = options.strict
  const talk = createDataTalk(strict, say)
  try {
    const report = await evaluate(model, {
      data: options.data,
      format: options.format,
      split: options.split,
      difficult: options.difficult,
      strict,
      signal,
      onEvent: (event) => {
        if (event.type === 'problem') return talk.problem(event.problem)
        const total = event.total!
        progress.update(event.done / total, `${event.done} of ${countOf(total, 'picture')}`)
      },
    })
    progress.done()
    if (options.json) writeJsonLine(report)
    else writeText(formatReport(report))
    talk.judgedData(report.data)
    return EXIT.ok
  } finally {
    progress.done()
    await model.close()
  }
}
