/** @file Talking to people: sentences and progress on stderr, so that stdout stays data. */

/** Least time between two plain progress lines where there is no terminal. */
const PLAIN_LINE_SECONDS = 10

/** Least time between two redraws of the bar: faster only flickers. */
const REDRAW_SECONDS = 0.1

const BAR_WIDTH = 24

/** Writes data to stdout. */
export function writeData(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** Writes one JSON value as one line to stdout. */
export function writeJsonLine(value: unknown): void {
  writeData(JSON.stringify(value))
}

/** Says a sentence on stderr. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
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
      const line = `${stream.isTTY ? `${bar(share)} ` : ''}${(share * 100).toFixed(0).padStart(3)} %  ${text}`
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

/** "4 min 05 s", "12 s". @param seconds at least 0 */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  const minutes = Math.floor(whole / 60)
  return minutes === 0 ? `${whole} s` : `${minutes} min ${String(whole % 60).padStart(2, '0')} s`
}
