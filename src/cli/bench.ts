/** @file `singleshot bench`: how long one picture takes here, and how much of that is the engine's. */
import type { PresetName } from '../config/presets.ts'
import { EXIT } from '../error/exit-codes.ts'
import type { BenchResult } from '../node/bench.ts'
import type { Command, Invocation } from './command.ts'
import {
  BATCH_OPTION,
  ENGINE_OPTIONS,
  engineOptions,
  INPUT_OPTION,
  NETWORK_OPTION,
  readSize,
} from './shared-options.ts'
import { say, writeJsonLine, writeText } from './terminal.ts'

/** Times detection or training. */
export const benchCommand: Command = {
  name: 'bench',
  summary: 'Times detection (pictures in memory to final detections) or training (one whole step).',
  usage: '[--model tiny] [--mode detect|train] [--batch N] [--threads N]',
  example: 'singleshot bench --model tiny --mode train --batch 8 --threads 2',
  options: {
    model: NETWORK_OPTION,
    mode: {
      type: 'text',
      choices: ['detect', 'train'],
      standard: 'detect',
      text: 'what to time',
    },
    batch: { ...BATCH_OPTION, standard: '1 to detect, 8 to train', text: 'pictures a run' },
    classes: {
      type: 'count',
      value: 'K',
      least: 2,
      most: 10_000,
      standard: '21',
      text: 'classes, background counted',
    },
    input: INPUT_OPTION,
    runs: {
      type: 'count',
      value: 'N',
      least: 1,
      most: 10_000,
      standard: '20',
      text: 'timed runs, after ten that are not counted',
    },
    profile: {
      type: 'text',
      value: 'PREFIX',
      text: "write ONNX Runtime's profile to files with this prefix",
    },
    ...ENGINE_OPTIONS,
  },
  run: async ({ options, signal }: Invocation) => {
    const { runBench } = await import('../node/bench.ts')
    const result = await runBench({
      model: options.model as PresetName | undefined,
      mode: (options.mode as 'detect' | 'train' | undefined) ?? 'detect',
      batch: options.batch as number | undefined,
      classes: options.classes as number | undefined,
      runs: options.runs as number | undefined,
      input: options.input === undefined ? undefined : readSize(options.input as string),
      ...(options.profile !== undefined && { profile: options.profile as string }),
      signal,
      ...engineOptions(options),
    })
    if (options.json === true) writeJsonLine(result)
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
