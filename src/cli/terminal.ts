/** @file Talking to people: sentences and progress on stderr, so that stdout stays data. */

import { printable } from '../error/printable.ts'

/** Least time between two plain progress lines where there is no terminal. */
const PLAIN_LINE_SECONDS = 10

/** Least time between two redraws of the bar: faster only flickers. */
const REDRAW_SECONDS = 0.1

const BAR_WIDTH = 24

/**
 * Writes one row of data to stdout, its cells separated by tabs. Whatever a cell holds, it forges no cell and no row:
 * like everything that is written here, it is made {@link printable}.
 */
export function writeRow(...cells: readonly string[]): void {
  process.stdout.write(`${cells.map(printable).join('\t')}\n`)
}

/** Writes text of several lines to stdout. Lines and tabs are the text's own: values in it are made printable before. */
export function writeText(text: string): void {
  const safe = text.replace(/[^\n\t]+/g, printable)
  process.stdout.write(safe.endsWith('\n') ? safe : `${safe}\n`)
}

/** Writes one JSON value as one line to stdout, with escapes for all that a terminal would obey. */
export function writeJsonLine(value: unknown): void {
  process.stdout.write(`${jsonLine(value)}\n`)
}

/** JSON in which every character that is not printable is escaped, so that it parses to the same value. */
export function jsonLine(value: unknown): string {
  // JSON.stringify escapes the controls below U+0020 itself; for all above, JSON and printable() write the same escape.
  return printable(JSON.stringify(value))
}

/** Says lines on stderr; a line break inside one of them is written as an escape. */
export function say(...lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${printable(line)}\n`)
}

/** A line that shows how far something is. */
export interface Progress {
  /** @param share done, 0..1 @param text what to say beside the bar */
  update(share: number, text: string): void
  /** Ends the line. */
  done(): void
}

/** A bar that is redrawn on a terminal; a plain line now and then elsewhere. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let last = Number.NEGATIVE_INFINITY
  let drawn = false
  return {
    update(share, text) {
      const now = performance.now() / 1000
      const pause = stream.isTTY ? REDRAW_SECONDS : PLAIN_LINE_SECONDS
      if (now - last < pause && share < 1) return
      last = now
      const percent = `${(share * 100).toFixed(0).padStart(3)} %`
      const line = `${stream.isTTY ? `${bar(share)} ` : ''}${percent}  ${printable(text)}`
      if (!stream.isTTY) stream.write(`${line}\n`)
      else stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`)
      drawn = true
    },
    done() {
      if (drawn && stream.isTTY) stream.write('\n')
      drawn = false
    },
  }
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH)
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`
}

/** Minutes of the longest duration that is told in minutes and seconds; of a longer one, seconds do not matter. */
const MOST_MINUTES = 90

/** "12 s", "4 min 05 s", "79 h 12 min". @param seconds at least 0 */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  const minutes = Math.floor(whole / 60)
  const twoDigits = (value: number) => String(value % 60).padStart(2, '0')
  if (minutes > MOST_MINUTES) {
    const rounded = Math.round(whole / 60)
    return `${Math.floor(rounded / 60)} h ${twoDigits(rounded)} min`
  }
  return minutes === 0 ? `${whole} s` : `${minutes} min ${twoDigits(whole)} s`
}
