/** @file What a drawn thing means. Each tone has a colour (theme/base.css) and a line of its own: colour is never alone. */

/** What a thing is. */
export type Tone =
  | 'truth'
  | 'anchor'
  | 'positive'
  | 'negative'
  | 'detection'
  | 'first'
  | 'second'
  | 'shared'
  | 'muted'
  | 'accent'

/** How its outline is drawn. */
export type Line = 'solid' | 'dashed' | 'dotted'

/** The line of each tone, unless a figure says otherwise. */
export const LINE_OF: Readonly<Record<Tone, Line>> = {
  truth: 'solid',
  anchor: 'dotted',
  positive: 'dashed',
  negative: 'dotted',
  detection: 'dashed',
  first: 'solid',
  second: 'dashed',
  shared: 'solid',
  muted: 'dotted',
  accent: 'solid',
}

/** Dashes of a line, in CSS pixels. */
export const DASHES: Readonly<Record<Line, readonly number[]>> = {
  solid: [],
  dashed: [8, 5],
  dotted: [2, 4],
}

/** The name of a colour in theme/base.css. */
export function colourName(name: string): string {
  const plain = ['paper', 'card', 'sunk', 'ink', 'soft-ink', 'line', 'accent']
  return plain.includes(name) ? `--${name}` : `--tone-${name}`
}
