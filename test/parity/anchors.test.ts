import { describe, expect, test } from 'vitest'
import { type FeatureMap, generateAnchors } from '../../src/anchor/anchors.ts'
import { linearScales, ssdShapes } from '../../src/anchor/shapes.ts'
import { takeRows } from '../../src/box/rows.ts'
import { expectClose, readGolden } from './golden.ts'

interface Sample {
  readonly count: number
  readonly rows: readonly number[]
  readonly corners: readonly (readonly number[])[]
}

const golden = readGolden<Record<'ssd300' | 'ssdlite320' | 'wide', Sample>>('anchors.json')

function expectAnchors(featureMaps: FeatureMap[], sample: Sample): void {
  const anchors = generateAnchors(featureMaps)
  expect(anchors.count).toBe(sample.count)
  expectClose(takeRows(anchors.corners, sample.rows), sample.corners, 1e-5)
}

describe("anchors equal torchvision's DefaultBoxGenerator", () => {
  test('ssd300: named scales and strides, 8732 anchors', () => {
    const scales = [0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05]
    const strides = [8, 16, 32, 64, 100, 300]
    const ratios = [[2], [2, 3], [2, 3], [2, 3], [2], [2]]
    const input = { width: 300, height: 300 }
    const maps = [38, 19, 10, 5, 3, 1].map((cells, k) => ({
      gridWidth: cells,
      gridHeight: cells,
      strideX: strides[k]!,
      strideY: strides[k]!,
      shapes: ssdShapes({
        scale: scales[k]!,
        nextScale: scales[k + 1]!,
        aspectRatios: ratios[k]!,
        input,
      }),
    }))
    expect(golden.ssd300.count).toBe(8732)
    expectAnchors(maps, golden.ssd300)
  })

  test('ssdlite320: strides from the grid, 3234 anchors', () => {
    const grids = [20, 10, 5, 3, 2, 1].map((cells) => [cells, cells] as const)
    const maps = evenMaps(grids, { smallest: 0.2, largest: 0.95 }, [[2, 3]], 320, 320)
    expect(golden.ssdlite320.count).toBe(3234)
    expectAnchors(maps, golden.ssdlite320)
  })

  test('an input 480 wide and 320 high: width and height are not swapped', () => {
    const grids = [[6, 5] as const, [3, 2] as const]
    const maps = evenMaps(grids, { smallest: 0.2, largest: 0.9 }, [[2], [2, 3]], 480, 320)
    expectAnchors(maps, golden.wide)
  })
})

/** Maps whose grids span the input and whose scales grow evenly; the last ratios repeat. */
function evenMaps(
  grids: readonly (readonly [gridWidth: number, gridHeight: number])[],
  range: { smallest: number; largest: number },
  ratios: number[][],
  width: number,
  height: number,
): FeatureMap[] {
  const scales = linearScales({ ...range, mapCount: grids.length })
  return grids.map(([gridWidth, gridHeight], k) => ({
    gridWidth,
    gridHeight,
    strideX: width / gridWidth,
    strideY: height / gridHeight,
    shapes: ssdShapes({
      scale: scales[k]!,
      nextScale: scales[k + 1]!,
      aspectRatios: ratios[k] ?? ratios.at(-1)!,
      input: { width, height },
    }),
  }))
}
