import { XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { curvesSvg } from './curve-svg.ts'

const panel = (points: readonly { x: number; y: number | null }[]) => ({
  title: 'Loss <total>',
  xLabel: 'epoch',
  curves: [{ name: 'class loss', points }],
})
const pathOf = (svg: string) => svg.match(/<path d="([^"]*)"/)?.[1]

test('a curve goes from corner to corner of the plot, with values pointing up', () => {
  const svg = curvesSvg([
    panel([
      { x: 0, y: 10 },
      { x: 4, y: 0 },
    ]),
  ])
  // The panel is 520x340; margins leave 58..498 across and 66..292 down.
  expect(pathOf(svg)).toBe('M58 66L498 292')
  expect(XMLValidator.validate(svg)).toBe(true)
  expect(svg).toContain('Loss &lt;total&gt;')
})

test('a value that is missing or not finite breaks the line', () => {
  const points = [0, 1, null, Number.NaN, 4, 5].map((y, x) => ({ x, y }))
  expect(pathOf(curvesSvg([panel(points)]))?.replace(/[\d. ]+/g, '')).toBe('MLML')
})

test('panels stand side by side', () => {
  const svg = curvesSvg([panel([]), panel([{ x: 1, y: 3 }])])
  expect(svg).toContain('width="1040" height="340"')
  expect(svg).toContain('translate(520 0)')
  expect(svg).toContain('nothing measured yet')
})

test('one point is a dot, equal values a flat line, nothing an empty diagram: never NaN', () => {
  const flat = [
    { x: 0, y: 2 },
    { x: 1, y: 2 },
  ]
  for (const points of [[], [{ x: 3, y: 0 }], [{ x: 1, y: -2 }], flat, [{ x: 0, y: Number.NaN }]]) {
    const svg = curvesSvg([panel(points)])
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    expect(XMLValidator.validate(svg)).toBe(true)
  }
})

test('a given range is kept, whatever the values', () => {
  const svg = curvesSvg([
    {
      ...panel([
        { x: 0, y: 0 },
        { x: 2, y: 0.5 },
      ]),
      yRange: [0, 1],
    },
  ])
  expect(pathOf(svg)).toBe('M58 292L498 179') // half of 66..292
})

test('a hundred thousand points are no problem', () => {
  const points = Array.from({ length: 200_000 }, (_, x) => ({ x, y: x % 7 }))
  expect(() => curvesSvg([panel(points)])).not.toThrow()
})
