import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cropImage } from './crop.ts'
import type { Image } from './image.ts'

/** Each pixel says where it is: column, row, 0. */
function chart(width: number, height: number): Image {
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) data.set([i % width, Math.floor(i / width), 0], i * 3)
  return { width, height, data }
}

describe('cropImage', () => {
  it('takes whole pixels around the box', () => {
    const { image, x, y } = cropImage(chart(7, 5), { x1: 1.2, y1: 2, x2: 3.1, y2: 4 })
    expect([x, y, image.width, image.height]).toEqual([1, 2, 3, 2])
    expect([...image.data]).toEqual([1, 2, 0, 2, 2, 0, 3, 2, 0, 1, 3, 0, 2, 3, 0, 3, 3, 0])
  })

  it('stays inside the picture and keeps every pixel in its place, wherever the box lies', () => {
    const side = fc.integer({ min: 1, max: 20 })
    const edge = fc.double({ min: -30, max: 50, noNaN: true })
    fc.assert(
      fc.property(side, side, edge, edge, edge, edge, (width, height, x1, y1, x2, y2) => {
        const { image, x, y } = cropImage(chart(width, height), { x1, y1, x2, y2 })
        expect(image.width).toBeGreaterThan(0)
        expect(image.height).toBeGreaterThan(0)
        expect(x + image.width).toBeLessThanOrEqual(width)
        expect(y + image.height).toBeLessThanOrEqual(height)
        expect(image.data).toHaveLength(image.width * image.height * 3)
        const last = image.data.slice(-3)
        expect([...last]).toEqual([x + image.width - 1, y + image.height - 1, 0])
      }),
    )
  })
})
