import { expect, test } from 'vitest'
import { generateAnchors } from '../../src/anchor/anchors.ts'
import { linearScales, ssdShapes } from '../../src/anchor/shapes.ts'
import { matchAnchors } from '../../src/match/match.ts'
import { flatten, readGolden } from './golden.ts'

interface MatchingCase {
  readonly objects: readonly (readonly number[])[]
  readonly positiveAnchors: readonly number[]
  readonly matchedObjects: readonly number[]
}

const cases = readGolden<MatchingCase[]>('matching.json')
const anchors = ssdlite320Anchors()

test.each(cases)("the overwriting matcher equals torchvision's SSDMatcher, case %#", (golden) => {
  const expected = new Int32Array(anchors.count).fill(-1)
  golden.positiveAnchors.forEach((anchor, i) => {
    expected[anchor] = golden.matchedObjects[i]!
  })
  const objects = flatten(golden.objects)
  expect(matchAnchors(objects, anchors.corners, { matcher: 'overwriting' })).toEqual(expected)
})

test('the bipartite matcher leaves no object without an anchor and agrees on nearly all others', () => {
  for (const { objects } of cases) {
    const corners = flatten(objects)
    const ours = matchAnchors(corners, anchors.corners)
    const torchvision = matchAnchors(corners, anchors.corners, { matcher: 'overwriting' })
    objects.forEach((_, m) => {
      expect(ours).toContain(m)
    })
    const differing = ours.filter((object, a) => object !== torchvision[a])
    // Only anchors that two objects both want can differ, at most one for each object.
    expect(differing.length).toBeLessThanOrEqual(objects.length)
  }
})

function ssdlite320Anchors() {
  const grids = [20, 10, 5, 3, 2, 1]
  const input = { width: 320, height: 320 }
  const scales = linearScales({ smallest: 0.2, largest: 0.95, mapCount: grids.length })
  return generateAnchors(
    grids.map((cells, k) => ({
      gridWidth: cells,
      gridHeight: cells,
      strideX: 320 / cells,
      strideY: 320 / cells,
      shapes: ssdShapes({
        scale: scales[k]!,
        nextScale: scales[k + 1]!,
        aspectRatios: [2, 3],
        input,
      }),
    })),
  )
}
