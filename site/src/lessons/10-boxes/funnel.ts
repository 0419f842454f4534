/** @file The stages from all outputs to what is shown, each with its count and what is drawn of it. */
import { SHOWN_SCORE } from 'singleshot/core'
import type { Answers, Claim, Selection } from './answers.ts'

/** The stages by their word in the address, in order. */
export const STAGES = ['pairs', 'claims', 'boxes', 'inside', 'kept', 'shown'] as const

/** One of the stages. */
export type Stage = (typeof STAGES)[number]

/** A stage of the funnel. */
export interface FunnelRow {
  readonly stage: Stage
  readonly name: string
  /** What happens here, in a few words with numbers. */
  readonly note: string
  readonly count: number
}

/** The funnel of a selection. */
export function funnelOf(
  answers: Answers,
  selection: Selection,
  scoreThreshold: number,
): FunnelRow[] {
  const { claims } = selection
  const classes = answers.config.classes.length
  const inside = claims.filter(({ kind }) => kind !== 'no-area')
  const count = (kind: Claim['kind']) => claims.filter((claim) => claim.kind === kind).length
  const late = count('max-candidates') + count('max-detections')
  const cut = claims.filter((claim) => isCut(answers, claim)).length
  const contributing = new Set(claims.map(({ anchor }) => anchor)).size
  return [
    row('pairs', 'All (anchor, class) pairs', answers.anchors.count * classes, {
      note: `${whole(answers.anchors.count)} anchors × ${classes} classes`,
    }),
    row('claims', 'Score above the minimum', claims.length, {
      note: `above ${scoreThreshold.toFixed(2)}; ${whole(contributing)} anchors claim something`,
    }),
    row('boxes', 'Shifted and scaled', claims.length, { note: 'each anchor becomes its box' }),
    row('inside', 'Cut at the edge', inside.length, {
      note: `${whole(cut)} stuck out; ${whole(claims.length - inside.length)} had nothing left`,
    }),
    row('kept', 'After NMS', count('kept'), {
      note: `${whole(count('suppressed'))} overlapped a better one${late > 0 ? `, ${whole(late)} beyond the limit` : ''}`,
    }),
    row('shown', 'Shown to people', shownOf(claims).length, {
      note: `score of ${SHOWN_SCORE} or more`,
    }),
  ]
}

/** The claims of a stage, best first. */
export function claimsAt(stage: Stage, claims: readonly Claim[]): readonly Claim[] {
  if (stage === 'inside') return claims.filter(({ kind }) => kind !== 'no-area')
  if (stage === 'kept') return claims.filter(({ kind }) => kind === 'kept')
  return stage === 'shown' ? shownOf(claims) : claims
}

/** The result of a claim, in words. */
export function fateOf({ kind, detection }: Claim): string {
  switch (kind) {
    case 'kept':
      return `kept: detection ${detection! + 1}`
    case 'suppressed':
      return `removed: it overlaps detection ${detection! + 1}`
    case 'no-area':
      return 'removed: it is outside the picture'
    default:
      return 'removed: beyond the limit of boxes'
  }
}

/** How wide a bar is, 0..1: by the number's digits, because a funnel goes from thousands to a few. */
export function barOf(count: number, most: number): number {
  return Math.log1p(count) / Math.log1p(Math.max(1, most))
}

function shownOf(claims: readonly Claim[]): Claim[] {
  return claims.filter(({ kind, score }) => kind === 'kept' && score >= SHOWN_SCORE)
}

/** Whether a claim's box stuck out of the picture. */
function isCut({ decoded }: Answers, { anchor, box }: Claim): boolean {
  const sides = [box.x1, box.y1, box.x2, box.y2]
  return sides.some((side, i) => Math.abs(side - decoded[anchor * 4 + i]!) > 0.01)
}

const row = (stage: Stage, name: string, count: number, { note }: { note: string }): FunnelRow => {
  return { stage, name, note, count }
}
const whole = (value: number) => value.toLocaleString('en')
