/** @file `singleshot demo`. */
import { EXIT } from '../error/exit-codes.ts'
import { formatReport } from '../evaluate/report.ts'
import type { Command, Invocation } from './command.ts'
import { ENGINE_OPTIONS, engineOptions, MINUTES_OPTION, SEED_OPTION } from './shared-options.ts'
import { createProgress, say, writeJsonLine, writeText } from './terminal.ts'
import { describeStep } from './training-talk.ts'

/** Shows everything on generated pictures. */
export const demoCommand: Command = {
  name: 'demo',
  summary:
    'Draws labelled scenes, trains on them, measures, detects, and leaves pictures and a report. Offline.',
  usage: '[--out DIR] [--minutes N]',
  saves: true,
  example: 'singleshot demo --out runs/demo',
  options: {
    out: {
      type: 'text',
      value: 'DIR',
      standard: 'runs/demo, or runs/demo-2, ...',
      text: 'folder to make',
    },
    minutes: { ...MINUTES_OPTION, standard: '3', text: 'training time' },
    scenes: {
      type: 'count',
      value: 'N',
      least: 10,
      most: 100_000,
      standard: '1200',
      text: 'scenes to draw',
    },
    seed: SEED_OPTION,
    ...ENGINE_OPTIONS,
  },
  run: runDemoCommand,
}

async function runDemoCommand({ options, signal }: Invocation): Promise<number> {
  const { runDemo } = await import('../node/demo.ts')
  const progress = createProgress()
  const result = await runDemo({
    out: (options.out as string | undefined) ?? (await freeFolder('runs/demo')),
    minutes: options.minutes as number | undefined,
    scenes: options.scenes as number | undefined,
    seed: options.seed as number | undefined,
    signal,
    onEvent: (event) => {
      if (event.type === 'step')
        return progress.update(event.report.progress, describeStep(event.report))
      progress.done()
      say(event.message)
    },
    ...engineOptions(options),
  }).finally(() => progress.done())
  if (options.json === true) writeJsonLine(result)
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
