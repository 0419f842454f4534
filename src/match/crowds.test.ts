import { expect, test } from 'vitest'
import { generateAnchors } from '../anchor/anchors.ts'
import { IGNORED, ignoreCrowds } from './crowds.ts'
import { buildTargets } from './targets.ts'

/** Three anchors of 12 x 8 in a row, centres 8, 24 and 40, on an input of 48 x 24. */
const anchors = generateAnchors([
  { gridWidth: 3, gridHeight: 1, strideX: 16, strideY: 24, shapes: [{ width: 12, height: 8 }] },
])

const boxOf = ([x1, y1, x2, y2]: number[]) => ({ x1: x1!, y1: y1!, x2: x2!, y2: y2! })

test('an anchor that lies half inside a crowd is asked nothing, one a little less inside is background', () => {
  // Anchors span x 2..14, 18..30, 34..46 and y 8..16; the crowd from x 24 on holds half of the second.
  const targetsOver = (...crowd: number[]) => {
    const objects = {
      corners: new Float32Array(0),
      classIds: [],
      crowds: crowd.length === 0 ? [] : [boxOf(crowd)],
    }
    return [...buildTargets(objects, anchors).classTargets]
  }
  expect(targetsOver(24, 0, 48, 24)).toEqual([0, IGNORED, IGNORED])
  expect(targetsOver(24.1, 0, 48, 24)).toEqual([0, 0, IGNORED])
  expect(targetsOver(24, 8, 48, 12)).toEqual([0, 0, IGNORED])
  expect(targetsOver(24, 8, 48, 11.9)).toEqual([0, 0, 0])
  expect(targetsOver(14, 0, 18, 24)).toEqual([0, 0, 0])
  expect(targetsOver()).toEqual([0, 0, 0])
})

test('an anchor that is responsible for an object stays so inside a crowd', () => {
  const objects = {
    corners: Float32Array.of(18, 8, 30, 16),
    classIds: [4],
    crowds: [boxOf([0, 0, 48, 24])],
  }
  const { classTargets, positives } = buildTargets(objects, anchors)
  expect([...classTargets]).toEqual([IGNORED, 5, IGNORED])
  expect(positives).toBe(1)
})

test('several crowds each hide their own anchors', () => {
  const classTargets = new Int32Array(3)
  const crowds = [boxOf([0, 0, 14, 24]), boxOf([34, 0, 48, 24])]
  ignoreCrowds(crowds, anchors.corners, new Int32Array(3).fill(-1), classTargets)
  expect([...classTargets]).toEqual([IGNORED, 0, IGNORED])
})
