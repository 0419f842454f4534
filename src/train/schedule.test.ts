import { describe, expect, it } from 'vitest'
import { averageDecayAt, learningRateAt, progressOf, totalSteps } from './schedule.ts'

const settings = { learningRate: 0.1, warmupSteps: 4 }

describe('schedule', () => {
  it('progressOf(epochs) counts steps and ignores time', () => {
    expect(progressOf({ epochs: 4 }, 10, { step: 10, seconds: 9999 })).toBe(0.25)
  })

  it('progressOf(minutes) counts time and ignores steps', () => {
    expect(progressOf({ minutes: 2 }, 10, { step: 9999, seconds: 30 })).toBe(0.25)
  })

  it('progressOf never exceeds 1', () => {
    expect(progressOf({ epochs: 1 }, 10, { step: 11, seconds: 0 })).toBe(1)
  })

  it('totalSteps is at least one, however short the run', () => {
    expect([totalSteps(0.001, 10), totalSteps(1.5, 3)]).toEqual([1, 5])
  })

  it('learningRateAt rises over the warm-up in equal steps', () => {
    const rates = [0, 1, 2, 3, 4, 5].map((step) => learningRateAt(settings, 0, step))
    expect(rates.map((rate) => Math.round(rate * 1000) / 1000)).toEqual([
      0.02, 0.04, 0.06, 0.08, 0.1, 0.1,
    ])
  })

  it('learningRateAt is half way down at half time and 0 at the end', () => {
    expect(learningRateAt(settings, 0.5, 100)).toBeCloseTo(0.05, 10)
    expect(learningRateAt(settings, 1, 100)).toBeCloseTo(0, 10)
  })

  it('averageDecayAt follows fast at first (1/10) and as configured later', () => {
    expect(averageDecayAt({ averageDecay: 0.99 }, 0)).toBe(0.1)
    expect(averageDecayAt({ averageDecay: 0.99 }, 5000)).toBe(0.99)
  })
})
