import { expect, test } from 'vitest'
import { type BenchRequest, runBench } from './bench.ts'

const request = { classes: 3, input: { width: 96, height: 64 }, threads: 1 } as const

test.each(['detect', 'train'] as const)(
  'timing to %s ends with the reason as soon as it is aborted',
  async (mode) => {
    // Far more runs than the test's time allows: only the signal can end it.
    const endless: BenchRequest = { ...request, mode, runs: 100_000, batch: 1 }
    const controller = new AbortController()
    const reason = new Error('Ctrl-C')
    const timing = runBench({ ...endless, signal: controller.signal })
    setTimeout(() => controller.abort(reason), 500)
    await expect(timing).rejects.toBe(reason)
  },
)

test.each(['detect', 'train'] as const)(
  'timing to %s splits a picture into engine and the rest',
  async (mode) => {
    const result = await runBench({ ...request, mode, runs: 2, batch: 2 })
    expect(result).toMatchObject({ mode, batch: 2, classes: 3, input: '96x64', threads: 1 })
    expect(result.engine_ms_per_image).toBeGreaterThan(0)
    expect(result.other_ms_per_image).toBeGreaterThan(0)
    expect(result.min).toBeLessThanOrEqual(result.ms_per_image)
    expect(result.max).toBeGreaterThanOrEqual(result.ms_per_image)
  },
)
