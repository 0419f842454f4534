/** @file `singleshot demo`. */

import { EXIT } from '../error/exit-codes.ts'
import { formatReport } from '../evaluate/report.ts'
import { DEMO_DEFAULTS } from '../node/defaults.ts'
import type { Command, Invocation } from './command.ts'
import type { Options } from './option.ts'
import { ENGINE_OPTIONS, engineOptions, MINUTES_OPTION, SEED_OPTION } from './shared-options.ts'
import { createProgress, say, writeJsonLine, writeText } from './terminal.ts'
import { describeStep } from './training-talk.ts'

const OPTIONS = {
  out: {
    type: 'text',
    value: 'DIR',
    otherwise: 'runs/demo, or runs/demo-2, ...',
    text: 'folder to make',
  },
  minutes: { ...MINUTES_OPTION, default: DEMO_DEFAULTS.minutes, text: 'training time' },
  scenes: {
    type: 'count',
    value: 'N',
    min: 10,
    max: 100_000,
    default: DEMO_DEFAULTS.scenes,
    text: 'scenes to draw',
  },
  seed: { ...SEED_OPTION, default: DEMO_DEFAULTS.seed },
  ...ENGINE_OPTIONS,
} as const satisfies Options

/** Shows everything on generated pictures. */
export const demoCommand: Command<typeof OPTIONS> = {
  name: 'demo',
  summary:
    'Draws labelled scenes, trains on them, measures, detects, and leaves pictures and a report. Offline.',
  usage: '[--out DIR] [--minutes N]',
  saves: true,
  example: 'singleshot demo --out runs/demo',
  options: OPTIONS,
  run: runDemoCommand,
}

async function runDemoCommand({ options, signal }: Invocation<typeof OPTIONS>): Promise<number> {
  const { runDemo } = await import('../node/demo.ts')
  const progress = createProgress()
  const result = await runDemo({
    out: options.out ?? (await freeFolder('runs/demo')),
    minutes: options.minutes,
    scenes: options.scenes,
    seed: options.seed,
    signal,
    onEvent: (event) => {
      if (event.type === 'step')
        return progress.update(event.report.progress, describeStep(event.report))
      progress.done()
      say(event.message)
    },
    ...engineOptions(options),
  }).finally(() => progress.done())
  if (options.json) writeJsonLine(result)
  else writeText(formatReport(result.scores))
  say(`Open ${result.report}`, `Pictures: ${result.pictures}`, `Model: ${result.run}`)
  say(`Try: singleshot detect --model ${result.run} ${result.data}/JPEGImages --save found`)
  say(`See how it works: singleshot explain --model ${result.run} --data ${result.data}`)
  return result.stopped ? EXIT.interrupted : EXIT.ok
}

/** The first of NAME, NAME-2, NAME-3, ... that is not there yet, so that a second demo overwrites nothing. */
async function freeFolder(name: string): Promise<string> {
  const { access } = await import('node:fs/promises')
  for (let i = 1; ; i++) {
    const folder = i === 1 ? name : `${name}-${i}`
    const taken = await access(folder).then(
      () => true,
      () => false,
    )
    if (!taken) return folder
  }
}
