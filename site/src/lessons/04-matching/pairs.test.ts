import { array, assert, double, property, record } from 'fast-check'
import { expect, it } from 'vitest'
import { presetLayout } from '../03-anchors/layout.ts'
import { iouOf, matchOnPicture } from './matching.ts'
import { pairsInOrder } from './pairs.ts'

const layout = presetLayout('lesson9-simple')
const picture = { width: 512, height: 384 }
const boxes = record({
  x1: double({ min: 0, max: 400, noNaN: true }),
  y1: double({ min: 0, max: 300, noNaN: true }),
  w: double({ min: 5, max: 300, noNaN: true }),
  h: double({ min: 5, max: 200, noNaN: true }),
}).map(({ x1, y1, w, h }) => ({ x1, y1, x2: x1 + w, y2: y1 + h }))

it('every pair has the largest IoU of all objects and anchors that are left', () => {
  assert(
    property(array(boxes, { minLength: 1, maxLength: 8 }), (objects) => {
      const matching = matchOnPicture(layout, picture, objects, {
        matchIouThreshold: 0.5,
        matcher: 'bipartite',
      })
      const left = {
        objects: new Set(objects.keys()),
        anchors: new Set(Array.from({ length: 16 }, (_, a) => a)),
      }
      for (const { object, anchor, iou } of pairsInOrder(matching)) {
        for (const m of left.objects)
          for (const a of left.anchors) expect(iouOf(matching, m, a)).toBeLessThanOrEqual(iou)
        expect(left.objects.delete(object) && left.anchors.delete(anchor)).toBe(true)
      }
      expect(left.objects.size).toBe(0)
    }),
  )
})
