import { expect, it } from 'vitest'
import { fieldOfCell, layerSteps } from './receptive-field.ts'

// By hand. One layer of stride 2: 1 + 2·1 = 3 pixels, cells 2 apart.
// Then two layers at stride 4: 3 + 2·2 = 7, cells 4 apart; 7 + 2·4 = 15. The head: 15 + 2·4 = 23.
it('adds two jumps a layer', () => {
  const steps = layerSteps({ layers: [1, 2, 3] }, 4)
  expect(steps.map(({ size }) => size)).toEqual([3, 7, 15, 23])
  expect(steps.map(({ jump }) => jump)).toEqual([2, 4, 4, 4])
  expect(steps.map(({ isHead }) => isHead)).toEqual([false, false, false, true])
})

// tiny, by hand: 3 7 15 | 23 39 55, head 71 | 71 103 135, head 167 | 167 231, head 295 | 295, head 423.
it('is 71, 167, 295 and 423 pixels on the four maps of tiny', () => {
  const layers = [1, 2, 3, 3, 2, 1]
  const sizes = [8, 16, 32, 64].map((stride) => layerSteps({ layers }, stride).at(-1)!.size)
  expect(sizes).toEqual([71, 167, 295, 423])
})

it('stands around the pixel at which the cell is centred', () => {
  const last = layerSteps({ layers: [1, 2, 3] }, 4).at(-1)!
  // Cell 5 is centred on pixel 20 and sees 11 pixels either way: 9 to 31, whose right edge is 32.
  expect(fieldOfCell(last, 5, 0)).toEqual({ x1: 9, y1: -11, x2: 32, y2: 12 })
})
