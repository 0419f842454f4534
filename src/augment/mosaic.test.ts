import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../random/random.ts'
import { drawTiles, drawView, placeInTile, wholeTile } from './mosaic.ts'

describe('drawTiles', () => {
  it('covers the input once, whatever its shape and wherever the tiles meet', () => {
    const side = fc.integer({ min: 2, max: 40 })
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(side, side, share, share, fc.integer(), (width, height, a, b, seed) => {
        const centre = [Math.min(a, b), Math.max(a, b)] as const
        const tiles = drawTiles({ width, height }, createRandom(seed), { probability: 1, centre })
        const covered = new Uint8Array(width * height)
        for (const tile of tiles) {
          expect(Math.min(tile.width, tile.height)).toBeGreaterThanOrEqual(1)
          for (let y = tile.y; y < tile.y + tile.height; y++)
            for (let x = tile.x; x < tile.x + tile.width; x++) covered[y * width + x]! += 1
        }
        expect(covered.every((count) => count === 1)).toBe(true)
      }),
    )
  })

  it('meets within the shares that it is given', () => {
    for (let seed = 0; seed < 50; seed++) {
      const [tile] = drawTiles({ width: 200, height: 100 }, createRandom(seed), {
        ...{ probability: 1, centre: [0.3, 0.7] },
      })
      expect(tile.width).toBeGreaterThanOrEqual(60)
      expect(tile.width).toBeLessThanOrEqual(140)
      expect(tile.height).toBeGreaterThanOrEqual(30)
      expect(tile.height).toBeLessThanOrEqual(70)
    }
  })
})

it('a box of a tile moves by the corner of the tile', () => {
  const box = { x1: 1, y1: 2, x2: 5, y2: 9 }
  const tile = { x: 10, y: 20, width: 30, height: 40 }
  expect(placeInTile(box, tile)).toEqual({ x1: 11, y1: 22, x2: 15, y2: 29 })
  expect(placeInTile(box, wholeTile({ width: 30, height: 40 }))).toEqual(box)
})

describe('drawView', () => {
  it('lies inside the picture, touches two of its opposite edges, and is stretched as the whole picture would be', () => {
    const side = fc.integer({ min: 2, max: 60 })
    const share = fc.double({ min: 0.2, max: 0.8, noNaN: true })
    fc.assert(
      fc.property(side, side, side, side, share, share, fc.integer(), (...drawn) => {
        const [width, height, inputWidth, inputHeight, a, b, seed] = drawn
        const size = { width, height }
        const input = { width: inputWidth, height: inputHeight }
        const random = createRandom(seed)
        const centre = [Math.min(a, b), Math.max(a, b)] as const
        for (const tile of drawTiles(input, random, { probability: 1, centre })) {
          const { x1, y1, x2, y2 } = drawView(size, tile, input, random)
          expect(x1).toBeGreaterThanOrEqual(-1e-9)
          expect(y1).toBeGreaterThanOrEqual(-1e-9)
          expect(x2).toBeLessThanOrEqual(width + 1e-9)
          expect(y2).toBeLessThanOrEqual(height + 1e-9)
          expect(Math.max((x2 - x1) / width, (y2 - y1) / height)).toBeCloseTo(1, 9)
          const stretch = tile.width / (x2 - x1) / (tile.height / (y2 - y1))
          expect(stretch).toBeCloseTo(inputWidth / width / (inputHeight / height), 6)
        }
      }),
    )
  })
})
