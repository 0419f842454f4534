/** @file Running the command as a user would, in a process of its own; or in this one, which is much faster. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { runMain } from '../../src/cli/main.ts'

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

/**
 * The command, run in a folder and in this process: for all that is not about the process itself, such as signals, a
 * reader that goes away, and that it ends. Let one test of each command run it by {@link singleshotIn}.
 */
export function commandIn(folder: string) {
  return async (args: readonly string[]): Promise<Outcome> => {
    const before = process.cwd()
    const restore = rememberListeners()
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const textOf = ({ mock }: typeof stdout) => mock.calls.map(([text]) => String(text)).join('')
    process.chdir(folder)
    try {
      await runMain(args)
      const code = Number(process.exitCode ?? 0)
      return { code, signal: null, stdout: textOf(stdout), stderr: textOf(stderr) }
    } finally {
      process.chdir(before)
      process.exitCode = undefined
      stdout.mockRestore()
      stderr.mockRestore()
      restore()
    }
  }
}

/** Who listens now, so that whoever is added can be taken away again. */
function rememberListeners(): () => void {
  const all: readonly (readonly [NodeJS.EventEmitter, string])[] = [
    [process, 'SIGINT'],
    [process, 'SIGTERM'],
    [process, 'SIGHUP'],
    [process, 'uncaughtException'],
    [process.stdout, 'error'],
    [process.stderr, 'error'],
  ]
  const before = all.map(([emitter, event]) => new Set<unknown>(emitter.listeners(event)))
  return () =>
    all.forEach(([emitter, event], i) => {
      for (const listener of emitter.listeners(event) as (() => void)[])
        if (!before[i]!.has(listener)) emitter.off(event, listener)
    })
}

/** The command, run in a folder, in a process of its own. */
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
