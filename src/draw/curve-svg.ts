/**
 * @file Curves over time as a picture: losses going down, scores going up. One SVG document, with a panel
 * for each quantity, that needs nothing but itself.
 */
import { chartSvg } from './chart-panel.ts'
import { FONT } from './svg-text.ts'

/** One line. */
export interface Curve {
  readonly name: string
  /** In order of x. A y that is null or not finite is left out, and the line is broken there. */
  readonly points: readonly { readonly x: number; readonly y: number | null }[]
}

/** One diagram. */
export interface Panel {
  readonly title: string
  /** What x counts, e.g. `epoch`. */
  readonly xLabel: string
  readonly curves: readonly Curve[]
  /** Ends of the y axis; default from 0 (or the lowest value) to the highest. Scores want [0, 1]. */
  readonly yRange?: readonly [number, number]
}

/** Width and height of a panel in pixels. */
export const PANEL = { width: 520, height: 340 } as const

/** Draws panels side by side on white. @returns an SVG document */
export function curvesSvg(panels: readonly Panel[]): string {
  const width = PANEL.width * Math.max(1, panels.length)
  const drawn = panels.map(
    (panel, i) => `<g transform="translate(${i * PANEL.width} 0)">${chartSvg(panel, PANEL)}</g>`,
  )
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${PANEL.height}" viewBox="0 0 ${width} ${PANEL.height}">\n` +
    `<rect width="100%" height="100%" fill="#ffffff"/>\n` +
    `<g font-family="${FONT}" font-size="12" fill="#4a5060">\n${drawn.join('\n')}\n</g></svg>\n`
  )
}
