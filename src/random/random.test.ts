import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'

const draw = (...seeds: number[]) => {
  const random = createRandom(...seeds)
  return Array.from({ length: 1000 }, () => random.uniform())
}

describe('createRandom', () => {
  it('gives the same numbers for the same seeds and others for neighbouring ones', () => {
    expect(draw(1, 2)).toEqual(draw(1, 2))
    const distinct = new Set(
      [draw(1, 2), draw(1, 3), draw(2, 1), draw(1), draw(1, 2, 0)].map((list) => list[0]),
    )
    expect(distinct.size).toBe(5)
  })

  it('uniform() stays in [0, 1) with mean 1/2, over seeds as well as over draws', () => {
    const first = Array.from({ length: 1000 }, (_, seed) => draw(7, seed)[0]!)
    for (const list of [draw(5), first]) {
      expect(list.every((value) => value >= 0 && value < 1)).toBe(true)
      expect(list.reduce((a, b) => a + b) / 1000).toBeCloseTo(0.5, 1)
    }
  })

  it('normal() has mean 0 and deviation 1', () => {
    const random = createRandom(3)
    const list = Array.from({ length: 4000 }, () => random.normal())
    expect(list.reduce((a, b) => a + b) / 4000).toBeCloseTo(0, 1)
    expect(list.reduce((a, b) => a + b * b, 0) / 4000).toBeCloseTo(1, 1)
  })

  it('permutation(5) holds each of 0..4 once, and differs from seed to seed', () => {
    const orders = [1, 2, 3, 4].map((seed) => createRandom(seed).permutation(5))
    for (const order of orders) expect(order.toSorted()).toEqual([0, 1, 2, 3, 4])
    expect(new Set(orders.map(String)).size).toBeGreaterThan(1)
  })

  it('integer, between, chance and pick keep to their ranges', () => {
    const random = createRandom(11)
    for (let i = 0; i < 200; i++) {
      expect([0, 1, 2]).toContain(random.integer(3))
      expect(random.between(-2, -1)).toBeLessThan(-1)
      expect(random.chance(0)).toBe(false)
      expect(random.chance(1)).toBe(true)
      expect(['a', 'b']).toContain(random.pick(['a', 'b']))
    }
  })
})
