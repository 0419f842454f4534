/** @file `singleshot explain`. */
import type { Command } from './command.ts'
import type { Options } from './option.ts'

/** Where the explorer is served unless told otherwise. */
export const DEFAULT_PORT = 5319

const OPTIONS = {
  model: {
    type: 'text',
    value: 'RUN',
    otherwise: 'one that ships with the page',
    text: 'run folder or model file to look into',
  },
  data: { type: 'text', value: 'DIR', text: 'labelled pictures; the page offers the first 12' },
  split: {
    type: 'text',
    value: 'NAME',
    otherwise: 'test, else val, else all',
    text: 'part of the data',
  },
  port: {
    type: 'count',
    value: 'N',
    min: 0,
    max: 65_535,
    default: DEFAULT_PORT,
    text: 'serve at this port of this machine only; 0: any that is free',
  },
  out: {
    type: 'text',
    value: 'FOLDER',
    text: 'write the page into this folder instead; it works offline from any file server',
  },
} as const satisfies Options

/** The options of `explain`. */
export type ExplainPageOptions = typeof OPTIONS

/** Shows how a detector sees, in the browser. */
export const explainCommand: Command<typeof OPTIONS> = {
  name: 'explain',
  summary:
    'Shows in your browser how a detector sees: lessons on your own pictures and model. Ctrl-C ends it.',
  usage: '[--model RUN] [--data DIR] [--port N | --out FOLDER]',
  example: 'singleshot explain --model runs/cells --data cells',
  options: OPTIONS,
  run: async (invocation) => (await import('./explain-detector.ts')).explainDetector(invocation),
}
