/** @file Answers that are too large to keep: of each a sample, or a print (its length and its shadows; make_models.py). */
import { fingerprint } from './hash-weights.ts'

/** A tensor's length, and its shadows on four directions. */
export interface Print {
  readonly norm: number
  readonly shadows: readonly number[]
}

/** Every step-th number of a tensor, and its largest. */
export interface Sample {
  readonly largest: number
  readonly step: number
  readonly values: readonly number[]
}

/** The largest difference from a sample, relative to the largest number. */
export function sampleError(actual: Float32Array, { step, values, largest }: Sample): number {
  const errors = values.map((value, i) => Math.abs(actual[i * step]! - value))
  return Math.max(...errors) / largest
}

/** How far a tensor is from a print, relative to its length: by its shadows. */
export function printError(name: string, data: Float32Array, print: Print): number {
  const { norm, shadows } = fingerprint(name, data)
  const distances = shadows.map((shadow, i) => Math.abs(shadow - print.shadows[i]!))
  return Math.max(Math.abs(norm - print.norm), ...distances) / print.norm
}
