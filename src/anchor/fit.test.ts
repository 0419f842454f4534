import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ssd300 } from '../config/ssd300.ts'
import { ssdlite320 } from '../config/ssdlite320.ts'
import { tinyModel } from '../config/tiny.ts'
import { createRandom } from '../random/random.ts'
import { measureCoverage } from './coverage.ts'
import { fitAnchors, fitObjects, fitScore } from './fit.ts'
import { anchorsOf, featureMapsOf } from './model-anchors.ts'

const size = { width: 640, height: 360 }
const tiny = tinyModel(['pole'], { width: 320, height: 176 })
const threshold = { matchIouThreshold: 0.5 }

/** Pictures of standing poles: 8 times as high as wide, which no preset expects. */
function poles(count: number) {
  const random = createRandom(5)
  return Array.from({ length: count }, (_, i) => {
    const width = random.between(10, 30)
    const [x1, y1] = [random.between(0, 600), random.between(0, 100)]
    const box = { x1, y1, x2: x1 + width, y2: y1 + 8 * width }
    return { id: `${i}`, imagePath: '', size, objects: [{ box, classId: 0, difficult: false }] }
  })
}

describe('fitAnchors', () => {
  const examples = poles(200)

  it.each([
    ['tiny', tiny, 0.9],
    ['ssd300', ssd300(['pole']), 0.7],
    // Cells of 16 pixels are coarse for poles of 5.
    ['ssdlite320', ssdlite320(['pole']), 0.45],
  ])('covers standing poles that the anchors of %s hardly reach', (_, model, reached) => {
    const objects = fitObjects(examples, model.input)
    const featureMaps = fitAnchors(model, objects, threshold)
    const share = (config: typeof model) =>
      measureCoverage(examples, anchorsOf(config), { input: config.input, levels: [0.5] })
        .shares[0]!.share
    expect(share(model)).toBeLessThan(reached - 0.1)
    expect(share({ ...model, featureMaps })).toBeGreaterThanOrEqual(reached)
    // As many anchors as before: the heads of a trained network still fit.
    expect(anchorsOf({ ...model, featureMaps }).count).toBe(anchorsOf(model).count)
  })

  it('scores as the whole list of anchors would: the best lies in the cell of the centre', () => {
    const objects = fitObjects(examples, tiny.input)
    const anchors = anchorsOf(tiny)
    const covered = measureCoverage(examples, anchors, { input: tiny.input, levels: [0.5] })
    const capped = covered.objects.reduce((sum, { bestIou }) => sum + Math.min(bestIou, 0.65), 0)
    const expected = capped / covered.objects.length + 4 * covered.shares[0]!.share
    expect(fitScore(tiny, objects, 0.5)).toBeCloseTo(expected, 5)
  })

  it('leaves anchors alone that lie well enough over every object', () => {
    const [map] = featureMapsOf(tiny)
    const [shape] = map!.shapes
    // Objects that are anchors themselves.
    const objects = [3, 4, 5].map((cell) => ({
      x: (cell + 0.5) * map!.strideX,
      y: 2.5 * map!.strideY,
      ...shape!,
    }))
    expect(fitAnchors(tiny, objects, threshold)).toEqual(tiny.featureMaps)
  })

  it('leaves anchors alone that reach nearly every object, however much better they could lie', () => {
    const [map] = featureMapsOf(tiny)
    const [shape] = map!.shapes
    // Three quarters of an anchor's area: reached by it, and not well.
    const loose = (cell: number) => ({
      x: (cell + 0.5) * map!.strideX,
      y: 2.5 * map!.strideY,
      width: shape!.width * 0.75,
      height: shape!.height,
    })
    const far = { x: 160, y: 88, width: 300, height: 8 }
    const objects = [...Array.from({ length: 99 }, (_, i) => loose(3 + (i % 9)))]
    expect(fitAnchors(tiny, [...objects, far], threshold)).toEqual(tiny.featureMaps)
    // One in ten out of reach is worth a change.
    const many = [...objects.slice(0, 45), ...Array.from({ length: 5 }, () => far)]
    expect(fitAnchors(tiny, many, threshold)).not.toEqual(tiny.featureMaps)
  })

  it('never makes the fit worse, and is the same each time', () => {
    const boxes = fc.record({
      x: fc.double({ min: 0, max: 320, noNaN: true }),
      y: fc.double({ min: 0, max: 176, noNaN: true }),
      width: fc.double({ min: 2, max: 320, noNaN: true }),
      height: fc.double({ min: 2, max: 176, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(boxes, { minLength: 1, maxLength: 6 }), (objects) => {
        const featureMaps = fitAnchors(tiny, objects, threshold)
        expect(fitAnchors(tiny, objects, threshold)).toEqual(featureMaps)
        const gain = fitScore({ ...tiny, featureMaps }, objects, 0.5) - fitScore(tiny, objects, 0.5)
        expect(gain).toBeGreaterThan(-0.05) // Rounding to a tenth of a pixel.
      }),
      { numRuns: 10 },
    )
  })

  it('changes nothing without objects', () => {
    expect(fitAnchors(tiny, [], threshold)).toEqual(tiny.featureMaps)
  })
})
