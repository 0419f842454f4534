/** @file Running the command as a user would, in a process of its own. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../bin/singleshot.js', import.meta.url))

/** How a command ended and what it wrote. */
export interface Outcome {
  readonly code: number | null
  /** The signal that ended it, if one did. */
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** What happens to the command while it runs, when its output so far matches. */
export interface Disturbance {
  /** Ctrl-C, or `signal`. */
  readonly interruptAt?: RegExp
  readonly signal?: NodeJS.Signals
  /** The signal comes again after so many milliseconds each. */
  readonly againAfter?: readonly number[]
  /** The reader goes away, as `| head` does. */
  readonly closeStdoutAt?: RegExp
  /** Whether nobody reads stderr from the beginning. */
  readonly stderrClosed?: boolean
  /** A file that stderr goes to instead. */
  readonly stderrTo?: string
}

/** The command, run in a folder. */
export function singleshotIn(folder: string) {
  return (args: readonly string[], disturbance: Disturbance = {}): Promise<Outcome> =>
    new Promise((resolve) => {
      const { interruptAt, closeStdoutAt, signal = 'SIGINT', stderrTo } = disturbance
      const child = spawn(process.execPath, [BIN, ...args], {
        cwd: folder,
        stdio: ['ignore', 'pipe', stderrTo === undefined ? 'pipe' : openSync(stderrTo, 'w')],
      }) as ChildProcessByStdio<null, Readable, Readable | null>
      if (disturbance.stderrClosed) child.stderr?.destroy()
      const heard = { stdout: '', stderr: '' }
      const send = () => child.kill(signal)
      let disturbed = false
      const disturb = () => {
        if (disturbed) return
        const all = heard.stdout + heard.stderr
        const interrupted = interruptAt?.test(all) ?? false
        const closed = closeStdoutAt?.test(all) ?? false
        if (interrupted) send()
        if (interrupted) for (const pause of disturbance.againAfter ?? []) setTimeout(send, pause)
        if (closed) child.stdout.destroy()
        disturbed = interrupted || closed
      }
      for (const name of ['stdout', 'stderr'] as const)
        child[name]?.on('data', (data) => {
          heard[name] += data
          disturb()
        })
      child.on('close', (code, signal) => resolve({ code, signal, ...heard }))
    })
}

/** The lines of an output, without empty ones. */
export function lines(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
}
