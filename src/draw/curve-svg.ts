/**
 * @file Curves over time as a picture: losses going down, scores going up. One SVG document, with a panel
 * for each quantity, that needs nothing but itself.
 */
import { chartSvg } from './chart-panel.ts'
import type { Panel } from './curve.ts'
import { FONT } from './svg-text.ts'

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
