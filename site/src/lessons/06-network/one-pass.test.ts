import { tinyModel } from 'singleshot/core'
import { expect, it } from 'vitest'
import { strengths } from './draw-heat.ts'
import {
  countMaps,
  layerMultiplications,
  numbersPerAnchor,
  passMultiplications,
} from './one-pass.ts'

const config = {
  ...tinyModel(['cup', 'ball'], { width: 16, height: 8 }),
  featureMaps: [{ stride: 4, sizes: [4], aspectRatios: [1, 2] }],
}
const network = { name: 'tiny' as const, channels: [2, 4], layers: [1, 2] }

// By hand: 4 x 2 cells, 2 anchors each, 2 classes + background + 4 offsets = 7 numbers.
it('counts 16 anchors and 112 numbers', () => {
  expect(numbersPerAnchor(config)).toBe(7)
  expect(countMaps(config)).toMatchObject([{ cells: 8, anchors: 16, numbers: 112, firstAnchor: 0 }])
})

// By hand: 8 x 4 cells · 2 · 3 · 9 = 1728; 4 x 2 · 4 · 2 · 9 = 576; 4 x 2 · 4 · 4 · 9 = 1152.
it('counts the multiplications of the layers, and of the head: 112 · 4 · 9', () => {
  expect(layerMultiplications(network, config.input)).toBe(1728 + 576 + 1152)
  expect(passMultiplications(config, network)).toBe(3456 + 4032)
})

it('a strength is the place between the least and the most; alike, nothing stands out', () => {
  expect(strengths([3, 1, 2])).toEqual([1, 0, 0.5])
  expect(strengths([2, 2])).toEqual([0, 0])
})
