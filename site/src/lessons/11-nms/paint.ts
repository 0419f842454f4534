/** @file How the boxes look at a step: kept, gone, looked at, still to come. Each has a line of its own. */
import type { FigureBox } from '../../figure/figure-box.ts'
import type { Candidate } from './candidates.ts'

/** Where a box stands at a step. */
export type State = 'kept' | 'gone' | 'now' | 'waiting'

/** Where each candidate stands. @param step the place of the one that is looked at */
export function statesAt(candidates: readonly Candidate[], step: number): State[] {
  return candidates.map(({ kind }, i) => {
    if (i === step) return 'now'
    if (i > step) return 'waiting'
    return kind === 'kept' ? 'kept' : 'gone'
  })
}

/** How a box is drawn in each state. */
const LOOKS = {
  now: { tone: 'accent', line: 'solid', width: 4, filled: true },
  kept: { tone: 'detection', line: 'solid', width: 3 },
  gone: { tone: 'muted', line: 'dotted', width: 1.5 },
  waiting: { tone: 'muted', line: 'dashed', width: 1.5 },
} as const

/** A box as it is drawn, without a label. */
export function paintBox({ box }: Candidate, state: State): FigureBox {
  return { box, ...LOOKS[state] }
}

/** Those that stand out: the kept ones with their numbers, and on top the one that is looked at. */
export function paintMain(candidates: readonly Candidate[], states: readonly State[]): FigureBox[] {
  const kept = candidates
    .filter((_, i) => states[i] === 'kept')
    .map((one, i): FigureBox => {
      return { ...paintBox(one, 'kept'), label: `box ${i + 1}: ${one.score.toFixed(2)}` }
    })
  return [
    ...kept,
    ...candidates.filter((_, i) => states[i] === 'now').map((one) => paintBox(one, 'now')),
  ]
}
