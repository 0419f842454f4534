import { describe, expect, it } from 'vitest'
import { coverageOf } from './coverage.ts'
import { anchorBox, anchorsOfCell, cellAt, ownLayout, placeOf, presetLayout } from './layout.ts'

const picture = { width: 512, height: 384 }

describe('presets', () => {
  it.each([
    ['tiny', 9_144], // 32·24·9 + 16·12·9 + 8·6·9 + 4·3·6
    ['ssd300', 8_732],
    ['ssdlite320', 3_234],
    ['lesson9', 189],
    ['lesson9-simple', 16],
  ] as const)('%s has %i anchors', (name, count) => {
    const { anchors, firsts } = presetLayout(name)
    expect(anchors.count).toBe(count)
    expect(firsts.at(-1)).toBe(count)
  })

  it('an anchor of the first model of Lesson 9 is a sixteenth of the picture', () => {
    const layout = presetLayout('lesson9-simple')
    expect(anchorBox(layout, 6, picture)).toEqual({ x1: 256, y1: 96, x2: 384, y2: 192 })
    const twice = presetLayout('lesson9-simple', 2)
    expect(anchorBox(twice, 6, picture)).toEqual({ x1: 192, y1: 48, x2: 448, y2: 240 })
  })
})

describe('a grid of one’s own', () => {
  // 256 x 192: 4 cells across are 64 wide, so 3 rows.
  const layout = ownLayout({ cells: 4, size: 40, sizes: 2, ratio: 4 })

  it('has cells × sizes × (square, wide, tall) anchors', () => {
    expect(layout.anchors.count).toBe(4 * 3 * 2 * 3)
    expect(layout.maps[0]!.shapes.slice(0, 3)).toEqual([
      { width: 40, height: 40 },
      { width: 80, height: 20 },
      { width: 20, height: 80 },
    ])
  })

  it('ratio 1 gives squares only, once', () => {
    const squares = ownLayout({ cells: 4, size: 40, sizes: 1, ratio: 1 })
    expect(squares.anchors.count).toBe(12)
  })
})

describe('places', () => {
  const layout = presetLayout('ssd300')

  it('leads from a cell to its anchors and back', () => {
    const [from, to] = anchorsOfCell(layout, 1, { row: 2, column: 3 })
    // 5,776 of the first map, then (2 · 19 + 3) cells of 6
    expect([from, to]).toEqual([5776 + 41 * 6, 5776 + 42 * 6])
    expect(placeOf(layout, to - 1)).toEqual({ map: 1, row: 2, column: 3, shape: 5 })
  })

  it('finds the cell under a point; the last one at the edge', () => {
    expect(cellAt(layout, 4, 0.5, 0.2)).toEqual({ column: 1, row: 0 })
    expect(cellAt(layout, 4, 1, 1)).toEqual({ column: 2, row: 2 })
  })
})

describe('coverage', () => {
  const box = { x1: 256, y1: 96, x2: 384, y2: 192 }

  it('is 1 for an object that lies on an anchor, and a quarter if the anchors are twice as large', () => {
    const objects = [{ box, classId: 0, difficult: false }]
    const fits = coverageOf(presetLayout('lesson9-simple'), picture, objects)
    expect(fits.objects[0]).toMatchObject({ anchor: 6, bestIou: 1 })
    const large = coverageOf(presetLayout('lesson9-simple', 2), picture, objects)
    expect(large.objects[0]!.bestIou).toBe(0.25)
  })
})
