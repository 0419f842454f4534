/** @file How the boxes look at a step: kept, gone, looked at, still to come. Each has a line of its own. */
import type { FigureBox } from '../../figure/figure-box.ts'
import type { Candidate } from './candidates.ts'
import { numberOf } from './story.ts'

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

/** A box as it is drawn; labelled where it matters. */
export function paintBox(candidate: Candidate, state: State): FigureBox {
  const { box, score } = candidate
  if (state === 'now')
    return { box, tone: 'accent', line: 'solid', width: 4, label: score.toFixed(2), filled: true }
  if (state === 'kept') {
    const label = `box ${numberOf(candidate)}: ${score.toFixed(2)}`
    return { box, tone: 'detection', line: 'solid', width: 3, label }
  }
  return { box, tone: 'muted', width: 1.5, line: state === 'gone' ? 'dotted' : 'dashed' }
}
