import { expect, test } from 'vitest'
import { generateAnchors } from '../anchor/anchors.ts'
import { buildTargets, createTargetArrays, writeTargets } from './targets.ts'

/** Four anchors of 10 x 5 on a grid of 2 x 2 cells, each 20 x 10. */
const anchors = generateAnchors([
  { gridWidth: 2, gridHeight: 2, strideX: 20, strideY: 10, shapes: [{ width: 10, height: 5 }] },
])

/** On anchor 1, whose centre is (30, 5), one pixel right and twice as wide; class 2. */
const objects = { corners: Float32Array.of(21, 2.5, 41, 7.5), classIds: [2] }

test('a positive anchor is given the class and the offsets of its object', () => {
  const targets = buildTargets(objects, anchors)
  expect([...targets.classTargets]).toEqual([0, 3, 0, 0]) // classId 2 is class 3 inside
  expect([...targets.matched]).toEqual([-1, 0, -1, -1])
  expect(targets.positives).toBe(1)
  const [dx, dy, dw, dh] = targets.offsetTargets.subarray(4, 8)
  expect(dx).toBeCloseTo(1, 5) // (31 - 30) / 10 / .1
  expect(dy).toBe(0)
  expect(dw).toBeCloseTo(Math.log(2) / 0.2, 5)
  expect(dh).toBe(0)
  const negatives = [...targets.offsetTargets.subarray(0, 4), ...targets.offsetTargets.subarray(8)]
  expect(negatives.every((offset) => offset === 0)).toBe(true)
})

test('an image without objects is all background', () => {
  const targets = buildTargets({ corners: new Float32Array(0), classIds: [] }, anchors)
  expect([...targets.classTargets]).toEqual([0, 0, 0, 0])
  expect(targets.positives).toBe(0)
})

test('a batch holds the images one after the other and forgets the batch before', () => {
  const arrays = createTargetArrays(2, anchors.count)
  arrays.classTargets.fill(9)
  arrays.offsetTargets.fill(9)
  const none = { corners: new Float32Array(0), classIds: [] }
  expect(writeTargets(none, anchors, { arrays, image: 0 })).toBe(0)
  expect(writeTargets(objects, anchors, { arrays, image: 1 })).toBe(1)
  const single = buildTargets(objects, anchors)
  expect([...arrays.classTargets]).toEqual([0, 0, 0, 0, ...single.classTargets])
  expect(arrays.offsetTargets.subarray(16)).toEqual(single.offsetTargets)
  expect(arrays.offsetTargets.subarray(0, 16)).toEqual(new Float32Array(16))
  expect([...arrays.matched]).toEqual([-1, -1, -1, -1, -1, 0, -1, -1])
})

test('the options reach the matcher and the encoder', () => {
  const targets = buildTargets(objects, anchors, {
    boxCoder: { name: 'log', offsetScale: [1, 1, 1, 1] },
  })
  expect(targets.offsetTargets[6]).toBeCloseTo(Math.log(2), 5)
  const loose = { corners: Float32Array.of(21, 0, 41, 10), classIds: [0] } // IoU 45 / 205 at best
  const twice = { corners: Float32Array.of(...loose.corners, ...loose.corners), classIds: [0, 1] }
  expect(buildTargets(twice, anchors, { matcher: 'overwriting' }).positives).toBe(1)
  expect(buildTargets(twice, anchors).positives).toBe(2)
})

test('broken input is refused and named', () => {
  const broken = Float32Array.of(0, 0, 1, 1, 0, 0, Number.NaN, 1)
  expect(() => buildTargets({ corners: broken, classIds: [0, 0] }, anchors)).toThrow(
    'buildTargets: expected finite coordinates, got NaN (object 1)',
  )
  expect(() => buildTargets({ corners: broken, classIds: [0] }, anchors)).toThrow(
    'buildTargets: expected a class for each of 2 boxes, got 1',
  )
  const arrays = createTargetArrays(1, anchors.count)
  expect(() => writeTargets(objects, anchors, { arrays, image: 1 })).toThrow(
    'writeTargets: expected an image of a batch of 1, got 1',
  )
})
