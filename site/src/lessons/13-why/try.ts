/** @file The sliders that an advice names. The page offers them as a button. */

/** A change of the sliders. */
export interface Change {
  readonly score?: number
  readonly nms?: number
}

/** Least score that the network's answers are looked at; below it no slider reaches. */
export const LEAST_SCORE = 0.01

/** The sliders in an advice of the library, e.g. `--score 0.31 would show it`; null where it names none. */
export function changeIn(advice: string): Change | null {
  const score = numberAfter(advice, /--score (\d+\.\d+)/)
  const nms = numberAfter(advice, /nmsIouThreshold (\d+(?:\.\d+)?) /)
  if (score === null && nms === null) return null
  if (score !== null && score < LEAST_SCORE) return null
  return { ...(score !== null && { score }), ...(nms !== null && { nms }) }
}

function numberAfter(text: string, pattern: RegExp): number | null {
  const found = pattern.exec(text)?.[1]
  return found === undefined ? null : Number(found)
}
