import { array, assert, double, property, record } from 'fast-check'
import { expect, it } from 'vitest'
import { BETS, clusteredBets, coveredShare, isCovered, sizeIou } from './bet.ts'

const sizes = array(
  record({
    width: double({ min: 2, max: 256, noNaN: true }),
    height: double({ min: 2, max: 192, noNaN: true }),
  }),
  { minLength: BETS, maxLength: 60 },
)

it('a box twice as wide has an IoU of one half, which just counts', () => {
  expect(sizeIou({ width: 20, height: 30 }, { width: 40, height: 30 })).toBe(0.5)
  expect(isCovered({ width: 20, height: 30 }, [{ width: 40, height: 30 }])).toBe(true)
  expect(isCovered({ width: 20, height: 30 }, [{ width: 41, height: 30 }])).toBe(false)
})

it('an object is covered by itself, and nothing by no bet', () => {
  expect(coveredShare([{ width: 9, height: 5 }], [{ width: 9, height: 5 }])).toBe(1)
  expect(coveredShare([{ width: 9, height: 5 }], [])).toBe(0)
  expect(coveredShare([], [{ width: 9, height: 5 }])).toBe(0)
})

it('clusters are nine boxes inside the sizes, the same ones every time', () => {
  assert(
    property(sizes, (objects) => {
      const bets = clusteredBets(objects)
      expect(bets).toHaveLength(BETS)
      expect(clusteredBets(objects)).toEqual(bets)
      const widest = Math.max(...objects.map(({ width }) => width))
      for (const { width, height } of bets) {
        expect(width).toBeLessThanOrEqual(widest + 1e-9)
        expect(height).toBeGreaterThan(0)
      }
    }),
  )
})
