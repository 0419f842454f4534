/** @file Asking whether another process of this machine still runs. */
import { readFile } from 'node:fs/promises'
import { codeOf } from '../files/write-error.ts'

/** Where the words of /proc/PID/stat behind the program's name stand: its state, and when it started. */
const STATE = 0
const STARTED = 19

/** States of a process that has ended and is only still listed. */
const ENDED = ['Z', 'X', 'x']

/**
 * Whether a process runs.
 * @param started what {@link startOf} said of it: another process may have been given its number since
 */
export async function isRunning(pid: number, started: string | null = null): Promise<boolean> {
  try {
    process.kill(pid, 0) // Signal 0 asks, and does nothing.
  } catch (error) {
    // A process of another user may not be asked, but it is there.
    if (codeOf(error) !== 'EPERM') return false
  }
  const words = await statOf(pid)
  if (words === null) return true
  const another = started !== null && words[STARTED] !== started
  return !another && !ENDED.includes(words[STATE] ?? '')
}

/** When a process started, in clock ticks since the machine did; null where only other systems than Linux could tell. */
export async function startOf(pid: number): Promise<string | null> {
  return (await statOf(pid))?.[STARTED] ?? null
}

/** The words of /proc/PID/stat behind the program's name, which stands in brackets and may hold anything. */
async function statOf(pid: number): Promise<string[] | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ')
}
