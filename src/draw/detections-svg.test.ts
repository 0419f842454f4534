import { XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { comparisonSvg, detectionsSvg, groundTruthSvg } from './detections-svg.ts'
import { classColour, hexOf } from './palette.ts'

const size = { width: 320, height: 200 }
const cat = {
  box: { x1: 40, y1: 60, x2: 140, y2: 160 },
  classId: 0,
  className: 'cat',
  score: 0.876,
}

/** All rectangles as x, y, width, height. */
function rectangles(svg: string): { x: number; y: number; width: number; height: number }[] {
  const pattern = /<rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"/g
  return [...svg.matchAll(pattern)].map(([, ...found]) => {
    const [x, y, width, height] = found.map(Number) as [number, number, number, number]
    return { x, y, width, height }
  })
}

test('a detection is a box in the colour of its class, with name and score', () => {
  const svg = detectionsSvg(size, [cat])
  expect(svg).toContain('width="320" height="200"')
  expect(svg).toContain('>cat 88%</text>')
  expect(svg).toContain(`stroke="${hexOf(classColour(0))}"`)
  expect(rectangles(svg)[0]).toEqual({ x: 40, y: 60, width: 100, height: 100 })
})

test('no detections make an empty, whole document', () => {
  expect(XMLValidator.validate(detectionsSvg(size, []))).toBe(true)
  expect(rectangles(detectionsSvg(size, []))).toEqual([])
})

describe('nothing leaves the picture', () => {
  test.each([
    ['in the upper left corner', { x1: 0, y1: 0, x2: 9, y2: 9 }],
    ['in the lower right corner', { x1: 311, y1: 191, x2: 320, y2: 200 }],
    ['over everything', { x1: 0, y1: 0, x2: 320, y2: 200 }],
    ['larger than the picture', { x1: -50, y1: -50, x2: 400, y2: 300 }],
  ])('%s', (_, box) => {
    const long = {
      ...cat,
      box,
      className: 'a very long class name that does not fit in so little room',
    }
    const truth = { box, classId: 0, difficult: false }
    const parts = {
      detections: [long],
      objects: [truth],
      classes: [long.className],
      missed: new Set([0]),
    }
    for (const { x, y, width, height } of rectangles(comparisonSvg(size, parts))) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(y).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(320)
      expect(y + height).toBeLessThanOrEqual(200)
    }
  })
})

test('a line along the edge of the picture is moved inside by half its width', () => {
  const whole = { ...cat, box: { x1: 0, y1: 0, x2: 320, y2: 200 } }
  // Lines are 1.5 wide on so small a picture.
  const [outline] = rectangles(detectionsSvg(size, [whole]))
  expect(outline).toEqual({ x: 0.75, y: 0.75, width: 318.5, height: 198.5 })
})

test('the best detection is drawn last, and all lines before all labels', () => {
  const weak = { ...cat, className: 'dog', classId: 1, score: 0.2 }
  const svg = detectionsSvg(size, [cat, weak])
  expect(svg.indexOf('dog 20%')).toBeLessThan(svg.indexOf('cat 88%'))
  expect(svg.lastIndexOf('stroke-opacity')).toBeLessThan(svg.indexOf('<text'))
})

test('a class name may hold any characters', () => {
  const odd = { ...cat, className: '<b>&"\u0007猫' }
  const svg = detectionsSvg(size, [odd])
  expect(XMLValidator.validate(svg)).toBe(true)
  expect(svg).toContain('&lt;b&gt;&amp;&quot;猫 88%')
})

test('ground truth has names, and says which objects are difficult', () => {
  const objects = [{ box: cat.box, classId: 1, difficult: true }]
  expect(groundTruthSvg(size, objects, ['cat', 'dog'])).toContain('>dog (difficult)</text>')
})

test('a comparison names only what was missed', () => {
  const objects = [cat, { ...cat, classId: 1 }].map((object) => ({ ...object, difficult: false }))
  const parts = { detections: [cat], objects, classes: ['cat', 'dog'], missed: new Set([1]) }
  const svg = comparisonSvg(size, parts)
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(2)
  expect([...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text)).toEqual([
    'cat 88%',
    'missed dog',
  ])
})

test('labels of boxes in one place do not lie on each other; the best keeps its edge', () => {
  const weak = { ...cat, box: { ...cat.box, x1: 44, y1: 62 }, classId: 1, score: 0.3 }
  const weaker = { ...cat, box: { ...cat.box, x1: 48, y1: 58 }, classId: 2, score: 0.2 }
  const plates = (detections: (typeof cat)[]) =>
    rectangles(detectionsSvg(size, detections)).slice(2 * detections.length)
  const [alone] = plates([cat])
  const [third, second, first] = plates([weaker, weak, cat])
  expect(first).toEqual(alone)
  for (const [a, b] of [
    [first!, second!],
    [first!, third!],
    [second!, third!],
  ] as const)
    expect(a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true)
})
