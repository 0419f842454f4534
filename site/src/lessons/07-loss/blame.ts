/** @file The two errors of one anchor, written out. */

/** One offset's smooth L1. */
export interface OffsetBlame {
  readonly said: number
  readonly wanted: number
  /** said - wanted */
  readonly difference: number
  /** Nearer than beta: the parabola; else the straight line. */
  readonly near: boolean
  readonly error: number
}

/** Wrong class: -log of the probability of the right answer. */
export function classErrorOf(probability: number): number {
  return -Math.log(probability)
}

/** Smooth L1: e² / 2β where |e| < β, else |e| - β / 2. */
export function offsetBlame(said: number, wanted: number, beta: number): OffsetBlame {
  const difference = said - wanted
  const size = Math.abs(difference)
  const near = size < beta
  const error = near ? size ** 2 / (2 * beta) : size - beta / 2
  return { said, wanted, difference, near, error }
}

/** Logits to probabilities that add up to 1. */
export function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - top))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

/** Slope of the class error along each logit: the probability, and one less for the right answer. */
export function logitSlopes(probabilities: readonly number[], right: number): number[] {
  return probabilities.map((probability, i) => probability - (i === right ? 1 : 0))
}
