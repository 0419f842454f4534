/** @file Round numbers along an axis. */

/**
 * The steps of 1, 2 or 5 times a power of ten that cover a range.
 * @param low finite
 * @param high finite; if it is not above `low`, the range is widened
 * @param count about how many steps, from 1 up
 * @returns rising, the first at most `low`, the last at least `high`
 */
export function roundTicks(low: number, high: number, count: number): number[] {
  const span = high > low ? high - low : Math.abs(low) || 1
  const rough = span / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10)
  const first = Math.floor(low / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil((high > low ? high : low + span) / step - 1e-9))
  // Rounded to the step's own digits: 3 · 0.1 would print as 0.30000000000000004.
  const digits = Math.max(0, -Math.floor(Math.log10(step)))
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toFixed(digits)),
  )
}

/** A tick as text: thousands as k. */
export function tickText(value: number): string {
  return Math.abs(value) >= 10_000 ? `${value / 1000}k` : String(value)
}
