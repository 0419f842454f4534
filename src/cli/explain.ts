/** @file `singleshot explain`. */
import type { Command } from './command.ts'
import { EXPLAIN_OPTIONS, type ExplainCommandOptions } from './explain-options.ts'

/** Shows how a detector sees, in the browser. */
export const explainCommand: Command<ExplainCommandOptions> = {
  name: 'explain',
  summary:
    'Shows in your browser how a detector sees: lessons on your own pictures and model. Ctrl-C ends it.',
  usage: '[--model RUN] [--data DIR] [--port N | --out FOLDER]',
  example: 'singleshot explain --model runs/cells --data cells',
  options: EXPLAIN_OPTIONS,
  run: async (invocation) => (await import('./explain-detector.ts')).explainDetector(invocation),
}
