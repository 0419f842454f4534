import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  averageDecayAt,
  endsEpoch,
  epochAt,
  learningRateAt,
  progressOf,
  totalSteps,
} from './schedule.ts'

/** 10 steps per epoch. */
const PACE = { images: 40, batch: 4 }
const settings = { learningRate: 0.1, warmupSteps: 4 }

describe('schedule', () => {
  it('progressOf(epochs) counts steps and ignores time', () => {
    expect(progressOf({ epochs: 4 }, PACE, { step: 10, seconds: 9999 })).toBe(0.25)
  })

  it('progressOf(minutes) counts time and ignores steps', () => {
    expect(progressOf({ minutes: 2 }, PACE, { step: 9999, seconds: 30 })).toBe(0.25)
  })

  it('progressOf never exceeds 1', () => {
    expect(progressOf({ epochs: 1 }, PACE, { step: 11, seconds: 0 })).toBe(1)
  })

  it('totalSteps is at least one, however short the run', () => {
    expect([totalSteps(0.001, PACE), totalSteps(1.5, { images: 6, batch: 2 })]).toEqual([1, 5])
  })

  it('endsEpoch finds the end of epoch 15 of 7 images in batches of 3, which a rounded quotient misses', () => {
    const pace = { images: 7, batch: 3 }
    const ends = Array.from({ length: 36 }, (_, step) => step).filter((step) =>
      endsEpoch(step, pace),
    )
    expect(ends).toEqual([3, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28, 31, 33, 35])
    expect(epochAt(35, pace)).toBe(15)
  })

  it('endsEpoch is true for as many steps as epochs were completed, unless a step holds several', () => {
    const counts = fc.record({
      images: fc.integer({ min: 1, max: 500 }),
      batch: fc.integer({ min: 1, max: 500 }),
    })
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 300 }), ({ images, batch }, last) => {
        fc.pre(batch <= images)
        const steps = Array.from({ length: last + 1 }, (_, step) => step)
        const ended = steps.filter((step) => endsEpoch(step, { images, batch })).length
        // The remainder by whole numbers: no division that could be rounded.
        expect(ended).toBe((last * batch - ((last * batch) % images)) / images)
      }),
    )
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
