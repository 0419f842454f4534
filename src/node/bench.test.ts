import { expect, test, vi } from 'vitest'
import { type BenchRequest, runBench } from './bench.ts'

const request = { classes: 3, input: { width: 96, height: 64 }, threads: 1 } as const

/** A signal that is aborted while it is looked at for the nth time: in the middle of the timing, on any machine. */
function abortedAtLook(nth: number, reason: Error): AbortSignal {
  const { signal } = new AbortController()
  let looks = 0
  const aborted = () => ++looks >= nth
  vi.spyOn(signal, 'throwIfAborted').mockImplementation(() => {
    if (aborted()) throw reason
  })
  Object.defineProperty(signal, 'aborted', { get: aborted })
  return signal
}

test.each(['detect', 'train'] as const)(
  'timing to %s ends with the reason as soon as it is aborted',
  async (mode) => {
    // Far more runs than the test's time allows: only the signal can end it.
    const endless: BenchRequest = { ...request, mode, runs: 100_000, batch: 1 }
    const reason = new Error('Ctrl-C')
    await expect(runBench({ ...endless, signal: abortedAtLook(3, reason) })).rejects.toBe(reason)
  },
)

test.each(['detect', 'train'] as const)(
  'timing to %s splits a picture into engine and the rest',
  async (mode) => {
    const result = await runBench({ ...request, mode, runs: 2, batch: 2 })
    expect(result).toMatchObject({ mode, batch: 2, classes: 3, input: '96x64', threads: 1 })
    expect(result.engineMillisecondsPerImage).toBeGreaterThan(0)
    expect(result.otherMillisecondsPerImage).toBeGreaterThan(0)
    expect(result.min).toBeLessThanOrEqual(result.millisecondsPerImage)
    expect(result.max).toBeGreaterThanOrEqual(result.millisecondsPerImage)
  },
)
