/** @file What a plot shows. */
import type { Line, Tone } from './tones.ts'

/** An axis. */
export interface Axis {
  readonly label: string
  /** Default: what the points need. */
  readonly domain?: readonly [number, number]
  readonly log?: boolean
}

/** A curve. */
export interface PlotLine {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
  readonly tone: Tone
  /** Default: the line of the tone. */
  readonly dash?: Line
}

/** A point that stands out. */
export interface Mark {
  readonly x: number
  readonly y: number
  readonly label?: string
  readonly tone?: Tone
}

/** The least and the largest of one coordinate; a little room where they are equal, 0..1 where there is none. */
export function extentOf(
  points: readonly (readonly [number, number])[],
  at: 0 | 1,
): [number, number] {
  const finite = points.map((point) => point[at]).filter(Number.isFinite)
  if (finite.length === 0) return [0, 1]
  const low = finite.reduce((a, b) => Math.min(a, b))
  const high = finite.reduce((a, b) => Math.max(a, b))
  return low === high ? [low - 0.5, high + 0.5] : [low, high]
}
