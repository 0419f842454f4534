/** @file Running the command as a user would, in a process of its own. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../bin/singleshot.js', import.meta.url))

/** How a command ended and what it wrote. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What happens to the command while it runs, when its output so far matches. */
export interface Disturbance {
  /** Ctrl-C. */
  readonly interruptAt?: RegExp
  /** The reader goes away, as `| head` does. */
  readonly closeStdoutAt?: RegExp
}

/** The command, run in a folder. */
export function singleshotIn(folder: string) {
  return (args: readonly string[], disturbance: Disturbance = {}): Promise<Outcome> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [BIN, ...args], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const heard = { stdout: '', stderr: '' }
      const { interruptAt, closeStdoutAt } = disturbance
      let disturbed = false
      const disturb = () => {
        if (disturbed) return
        const all = heard.stdout + heard.stderr
        const interrupted = interruptAt?.test(all) ?? false
        const closed = closeStdoutAt?.test(all) ?? false
        if (interrupted) child.kill('SIGINT')
        if (closed) child.stdout.destroy()
        disturbed = interrupted || closed
      }
      for (const name of ['stdout', 'stderr'] as const)
        child[name].on('data', (data) => {
          heard[name] += data
          disturb()
        })
      child.on('close', (code) => resolve({ code, ...heard }))
    })
}

/** The lines of an output, without empty ones. */
export function lines(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
}
