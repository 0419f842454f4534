/** @file One diagram: title, legend, axes with round numbers, and the lines. */
import type { Size } from '../box/box.ts'
import { type Transform, windowTransform } from '../image/transform.ts'
import type { Curve, Panel } from './curve.ts'
import { classColour, hexOf } from './palette.ts'
import { escapeSvg, round, textWidth } from './svg-text.ts'
import { roundTicks, tickText } from './ticks.ts'

/** Pixels around the plot: room for the title and legend, and for the numbers of the axes. */
const MARGIN = { left: 58, right: 22, top: 66, bottom: 48 } as const

/** About how many steps the axes have. */
const STEPS = { x: 6, y: 5 } as const

/** What a panel is drawn with. */
interface Plot {
  /** From values to pixels of the panel; y points up in values and down in pixels. */
  readonly map: Transform
  readonly xTicks: readonly number[]
  readonly yTicks: readonly number[]
  readonly size: Size
}

/** The SVG elements of one diagram. @param size in pixels */
export function chartSvg(panel: Panel, size: Size): string {
  const plot = planPlot(panel, size)
  const title = `<text x="${MARGIN.left}" y="28" font-size="16" font-weight="600" fill="#1c2130">${escapeSvg(panel.title)}</text>`
  const lines = panel.curves.map((curve, i) => lineSvg(curve, hexOf(classColour(i)), plot))
  return [title, legendSvg(panel.curves), gridSvg(panel, plot), ...lines].join('\n')
}

type Point = { readonly x: number; readonly y: number }

const isDrawn = (point: { x: number; y: number | null }): point is Point =>
  Number.isFinite(point.x) && point.y !== null && Number.isFinite(point.y)

function planPlot({ curves, yRange }: Panel, size: Size): Plot {
  const points = curves.flatMap((curve) => curve.points.filter(isDrawn))
  const [lowX, highX] = extent(points.map(({ x }) => x))
  const [lowY, highY] = yRange ?? extent([0, ...points.map(({ y }) => y)])
  const xTicks = roundTicks(lowX, highX, STEPS.x)
  const yTicks = roundTicks(lowY, highY, STEPS.y)
  // The x axis ends where the curves do; only the y axis is rounded up.
  const window = {
    x1: lowX,
    x2: highX > lowX ? highX : xTicks.at(-1)!,
    y1: yTicks.at(-1)!,
    y2: yTicks[0]!,
  }
  const width = size.width - MARGIN.left - MARGIN.right
  const height = size.height - MARGIN.top - MARGIN.bottom
  const map = windowTransform(window, { width, height })
  return {
    map: { ...map, shiftX: map.shiftX + MARGIN.left, shiftY: map.shiftY + MARGIN.top },
    xTicks: xTicks.filter((x) => x >= window.x1 && x <= window.x2),
    yTicks,
    size,
  }
}

/** Lowest and highest; 0 and 1 if there is nothing. A loop, because a spread of 100,000 values overflows the stack. */
function extent(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0, 1]
  let [low, high] = [values[0]!, values[0]!]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return [low, high]
}

const xAt = ({ map }: Plot, x: number) => map.scaleX * x + map.shiftX
const yAt = ({ map }: Plot, y: number) => map.scaleY * y + map.shiftY

function gridSvg({ xLabel, curves }: Panel, plot: Plot): string {
  const { width, height } = plot.size
  const right = width - MARGIN.right
  const bottom = height - MARGIN.bottom
  const rows = plot.yTicks.map((tick, i) => {
    const y = round(yAt(plot, tick))
    const line = `<line x1="${MARGIN.left}" x2="${right}" y1="${y}" y2="${y}" stroke="${i === 0 ? '#8a90a0' : '#e6e8ee'}"/>`
    return `${line}<text x="${MARGIN.left - 8}" y="${y}" dy="4" text-anchor="end">${tickText(tick)}</text>`
  })
  const columns = plot.xTicks.map((tick) => {
    const x = round(xAt(plot, tick))
    const mark = `<line x1="${x}" x2="${x}" y1="${bottom}" y2="${bottom + 5}" stroke="#8a90a0"/>`
    return `${mark}<text x="${x}" y="${bottom + 19}" text-anchor="middle">${tickText(tick)}</text>`
  })
  const middle = (MARGIN.left + right) / 2
  const label = `<text x="${middle}" y="${height - 10}" text-anchor="middle">${escapeSvg(xLabel)}</text>`
  const empty = curves.every(({ points }) => !points.some(isDrawn))
  const note = `<text x="${middle}" y="${height / 2}" text-anchor="middle">nothing measured yet</text>`
  return [...rows, ...columns, label, empty ? note : ''].join('\n')
}

function legendSvg(curves: readonly Curve[]): string {
  let x = MARGIN.left
  return curves
    .map(({ name }, i) => {
      const at = x
      x += 22 + textWidth(name, 12) + 14
      const chip = `<rect x="${round(at)}" y="42" width="14" height="4" rx="2" fill="${hexOf(classColour(i))}"/>`
      return `${chip}<text x="${round(at + 20)}" y="48">${escapeSvg(name)}</text>`
    })
    .join('')
}

/** A curve as lines between neighbours that both have a value, and a dot at its end. */
function lineSvg({ points }: Curve, colour: string, plot: Plot): string {
  const drawn = points.filter(isDrawn)
  const last = drawn.at(-1)
  if (last === undefined) return ''
  let pen = 'M'
  const path = points.map((point) => {
    if (!isDrawn(point)) {
      pen = 'M'
      return ''
    }
    const command = `${pen}${round(xAt(plot, point.x))} ${round(yAt(plot, point.y))}`
    pen = 'L'
    return command
  })
  const line = `<path d="${path.join('')}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>`
  const end = `<circle cx="${round(xAt(plot, last.x))}" cy="${round(yAt(plot, last.y))}" r="3.5" fill="${colour}"/>`
  return line + end
}
