/** @file `singleshot bench`: how long one picture takes here, and how much of that is the engine's. */
import { EXIT } from '../error/exit-codes.ts'
import type { BenchResult } from '../node/bench.ts'
import { BENCH_DEFAULTS } from '../node/defaults.ts'
import type { Command, Invocation } from './command.ts'
import type { Options } from './option.ts'
import {
  BATCH_OPTION,
  ENGINE_OPTIONS,
  engineOptions,
  INPUT_OPTION,
  NETWORK_OPTION,
} from './shared-options.ts'
import { say, writeJsonLine, writeText } from './terminal.ts'

const OPTIONS = {
  model: NETWORK_OPTION,
  mode: {
    type: 'text',
    choices: ['detect', 'train'],
    default: BENCH_DEFAULTS.mode,
    text: 'what to time',
  },
  batch: { ...BATCH_OPTION, otherwise: '1 to detect, 8 to train', text: 'pictures per run' },
  classes: {
    type: 'count',
    value: 'K',
    min: 2,
    max: 10_000,
    default: BENCH_DEFAULTS.classes,
    text: 'classes, background counted',
  },
  input: INPUT_OPTION,
  runs: {
    type: 'count',
    value: 'N',
    min: 1,
    max: 10_000,
    default: BENCH_DEFAULTS.runs,
    text: 'timed runs, after ten that are not counted',
  },
  profile: {
    type: 'text',
    value: 'PREFIX',
    text: "write ONNX Runtime's profile to files with this prefix",
  },
  ...ENGINE_OPTIONS,
} as const satisfies Options

/** Times detection or training. */
export const benchCommand: Command<typeof OPTIONS> = {
  name: 'bench',
  summary: 'Times detection (pictures in memory to final detections) or training (one whole step).',
  usage: '[--model tiny] [--mode detect|train] [--batch N] [--threads N]',
  example: 'singleshot bench --model tiny --mode train --batch 8 --threads 2',
  options: OPTIONS,
  run: async ({ options, signal }: Invocation<typeof OPTIONS>) => {
    const { runBench } = await import('../node/bench.ts')
    const result = await runBench({
      model: options.model,
      mode: options.mode,
      batch: options.batch,
      classes: options.classes,
      runs: options.runs,
      input: options.input,
      ...(options.profile !== undefined && { profile: options.profile }),
      signal,
      ...engineOptions(options),
    })
    if (options.json) writeJsonLine(result)
    else writeText(describe(result))
    say('Median of the runs; figures of one machine at one time.')
    return EXIT.ok
  },
}

function describe(result: BenchResult): string {
  return Object.entries(result)
    .map(([name, value]) => `${name.padEnd(28)}${value}`)
    .join('\n')
}
