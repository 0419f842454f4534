/** @file Reads the answers that make_golden.py stored beside this file. */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/** One stored file; the caller says what is in it. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T
}

/** Rows of numbers as one flat array. */
export function flatten(rows: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(rows.flat())
}

/**
 * Compares with torchvision's numbers, stored with six digits.
 * @param tolerance largest difference allowed, relative to the number (absolute below 1)
 */
export function expectClose(
  actual: Float32Array,
  expected: readonly (readonly number[])[],
  tolerance = 2e-6,
): void {
  const numbers = expected.flat()
  expect(actual).toHaveLength(numbers.length)
  const errors = numbers.map(
    (number, i) => Math.abs(actual[i]! - number) / Math.max(1, Math.abs(number)),
  )
  expect(Math.max(0, ...errors)).toBeLessThan(tolerance)
}
