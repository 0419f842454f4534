/** @file What the longer jobs do unless told otherwise; apart from them, because help shows it without loading them. */
import { DEFAULT_PRESET } from '../config/presets.ts'

/** Of {@link runBench}. */
export const BENCH_DEFAULTS = {
  model: DEFAULT_PRESET,
  mode: 'detect',
  classes: 21,
  runs: 20,
} as const

/** Of {@link runDemo}. */
export const DEMO_DEFAULTS = { minutes: 3, scenes: 1200, seed: 1 } as const

/** Of a run that is told neither epochs nor minutes: passes over the data. */
export const DEFAULT_EPOCHS = 100

/** Models that a run of a small network keeps along the way. */
export const DEFAULT_SNAPSHOTS = 8
