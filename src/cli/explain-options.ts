/** @file The options of `singleshot explain`. */
import type { Options } from './option.ts'
import { FORMAT_OPTION } from './shared-options.ts'

/** Where the explorer is served unless told otherwise. */
export const DEFAULT_PORT = 5319

/** What `explain` can be told. */
export const EXPLAIN_OPTIONS = {
  model: {
    type: 'text',
    value: 'RUN',
    otherwise: 'one that ships with the page',
    text: 'run folder or model file to look into',
  },
  data: { type: 'text', value: 'DIR', text: 'labelled pictures; the page offers the first 12' },
  format: FORMAT_OPTION,
  split: {
    type: 'text',
    value: 'NAME',
    otherwise: 'test, else val, else all',
    text: 'part of the data',
  },
  essay: {
    type: 'flag',
    text: 'give the address of the essay: the same story as one page to read in ten minutes',
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

/** Their type. */
export type ExplainCommandOptions = typeof EXPLAIN_OPTIONS
