/** @file `singleshot bench`: how long one picture takes here, and how much of that is the engine's. */
import { EXIT } from '../error/codes.ts'
import { type BenchResult, runBench } from '../node/bench.ts'
import type { Command, Invocation } from './command.ts'
import { ENGINE_OPTIONS, engineOptions, readSize } from './engine-options.ts'
import { say, writeData, writeJsonLine } from './terminal.ts'

/** Times detection or training. */
export const benchCommand: Command = {
  name: 'bench',
  summary: 'Times detection (pictures in memory to final detections) or training (one whole step).',
  usage: '[--model tiny] [--mode detect|train] [--batch N] [--threads N]',
  example: 'singleshot bench --model tiny --mode train --batch 8 --threads 2',
  options: {
    model: { type: 'text', value: 'NAME', choices: ['tiny'], standard: 'tiny', text: 'network' },
    mode: {
      type: 'text',
      value: 'MODE',
      choices: ['detect', 'train'],
      standard: 'detect',
      text: 'what to time',
    },
    batch: {
      type: 'count',
      value: 'N',
      least: 1,
      standard: '1 to detect, 8 to train',
      text: 'pictures at once',
    },
    classes: {
      type: 'count',
      value: 'K',
      least: 2,
      standard: '21',
      text: 'classes, background counted',
    },
    input: {
      type: 'size',
      value: 'WxH',
      standard: '320x320',
      text: "the network's input in pixels",
    },
    runs: {
      type: 'count',
      value: 'N',
      least: 1,
      standard: '20',
      text: 'timed runs, after three that are not counted',
    },
    profile: {
      type: 'text',
      value: 'PREFIX',
      text: "write ONNX Runtime's profile to files with this prefix",
    },
    ...ENGINE_OPTIONS,
  },
  run: async ({ options }: Invocation) => {
    const result = await runBench({
      mode: (options.mode as 'detect' | 'train' | undefined) ?? 'detect',
      batch: options.batch as number | undefined,
      classes: options.classes as number | undefined,
      runs: options.runs as number | undefined,
      input: options.input === undefined ? undefined : readSize(options.input as string),
      ...(options.profile !== undefined && { profile: options.profile as string }),
      ...engineOptions(options),
    })
    if (options.json === true) writeJsonLine(result)
    else writeData(describe(result))
    say('Median of the runs; figures of one machine at one time.')
    return EXIT.ok
  },
}

function describe(result: BenchResult): string {
  return Object.entries(result)
    .map(([name, value]) => `${name.padEnd(24)}${value}`)
    .join('\n')
}
