/** @file The loss over the IoU threshold, with the same outputs: a staircase, because only assignments change. */
import type { LossNumbers, ModelConfig, Size } from 'singleshot/core'
import { type Situation, situationOf } from './situation.ts'

/** From, to, and the distance of two; the slider's steps are as fine. */
const FROM = 0.1
const TO = 0.9
const STEP = 0.01

/** Thresholds at which every anchor has the same task. */
export interface Tread {
  readonly from: number
  readonly to: number
  readonly situation: Situation
}

/** The thresholds tried, lowest first. */
export const THRESHOLDS: readonly number[] = Array.from(
  { length: Math.round((TO - FROM) / STEP) + 1 },
  (_, i) => Number((FROM + i * STEP).toFixed(2)),
)

/** Groups thresholds whose targets are the same, lowest first. */
export function treadsOf({ config, objects }: Situation, picture: Size): Tread[] {
  const treads: Tread[] = []
  for (const threshold of THRESHOLDS) {
    const situation = situationOf(withThreshold(config, threshold), objects, picture)
    const last = treads.at(-1)
    if (last !== undefined && sameTasks(last.situation, situation))
      treads[treads.length - 1] = { ...last, to: threshold }
    else treads.push({ from: threshold, to: threshold, situation })
  }
  return treads
}

const withThreshold = (config: ModelConfig, matchIouThreshold: number): ModelConfig => ({
  ...config,
  match: { ...config.match, matchIouThreshold },
})

function sameTasks(a: Situation, b: Situation): boolean {
  return a.targets.matched.every((object, anchor) => object === b.targets.matched[anchor])
}

/** One line of the table of what has a gradient. */
export interface SlopeRow {
  readonly what: string
  /** How many numbers go in. */
  readonly count: number
  /** How many of them have a slope that is not 0; null: no slope is even defined. */
  readonly sloped: number | null
}

/** What goes into the loss, and what a slope comes back for. */
export function slopesOf({ targets, match }: Situation, numbers: LossNumbers): SlopeRow[] {
  const { logitGradient, offsetGradient } = numbers
  const sloped = (values: Float32Array) =>
    values.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0)
  return [
    { what: 'class outputs (logits)', count: logitGradient.length, sloped: sloped(logitGradient) },
    { what: 'offset outputs', count: offsetGradient.length, sloped: sloped(offsetGradient) },
    { what: 'class targets', count: targets.classTargets.length, sloped: null },
    { what: 'offset targets', count: targets.offsetTargets.length, sloped: null },
    { what: 'IoU table (outside the loss)', count: match.ious.length, sloped: null },
    { what: 'match IoU threshold (outside the loss)', count: 1, sloped: null },
  ]
}
