import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ELEMENT_TYPES } from '../element-types.ts'
import { gatherStrided, type StridedView, storageNeeded } from './strided.ts'

/** 0, 1, 2, ... so that a number is its own place. */
const storage = Uint8Array.from({ length: 200 }, (_, i) => i)
const walk = (view: StridedView) => [...gatherStrided(storage, ELEMENT_TYPES.uint8, view)]

describe('gather', () => {
  it('reads a row from its offset', () => {
    expect(walk({ offset: 2, shape: [3], strides: [1] })).toEqual([2, 3, 4])
  })

  it('reads a transposed [3, 2] of a stored [2, 3]', () => {
    expect(walk({ offset: 0, shape: [3, 2], strides: [1, 3] })).toEqual([0, 3, 1, 4, 2, 5])
  })

  it('reads one element without axes, and none', () => {
    expect(walk({ offset: 7, shape: [], strides: [] })).toEqual([7])
    expect(walk({ offset: 900, shape: [2, 0], strides: [1, 1] })).toEqual([])
  })

  it('ignores the stride of an axis of length 1', () => {
    expect(walk({ offset: 1, shape: [1, 2], strides: [99, 1] })).toEqual([1, 2])
  })

  it('puts each element where the formula says, within the storage that is needed', () => {
    const axis = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 12 }))
    fc.assert(
      fc.property(fc.array(axis, { maxLength: 4 }), fc.nat(20), (axes, offset) => {
        const shape = axes.map(([length]) => length)
        const strides = axes.map(([, stride]) => stride)
        let places = [offset]
        for (const [length, stride] of axes)
          places = places.flatMap((at) => Array.from({ length }, (_, i) => at + i * stride))
        expect(walk({ offset, shape, strides })).toEqual(places)
        expect(storageNeeded({ offset, shape, strides })).toBe(Math.max(...places) + 1)
      }),
    )
  })
})
