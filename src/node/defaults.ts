/** @file What the longer jobs do unless told otherwise; apart from them, because help shows it without loading them. */

/** Of {@link runBench}. */
export const BENCH_DEFAULTS = { model: 'tiny', mode: 'detect', classes: 21, runs: 20 } as const

/** Of {@link runDemo}. */
export const DEMO_DEFAULTS = { minutes: 3, scenes: 1200, seed: 1 } as const
