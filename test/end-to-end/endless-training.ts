/** @file A training that does not end by itself, and the ways to stop it. */
import type { Disturbance } from './run-command.ts'

/** When the first epoch is told to programs. */
const UNDER_WAY = /"epoch":1/

/** A way to stop a training. */
export interface WayToStop {
  readonly disturbance: Disturbance
  /** The exit code it must lead to, after saving. */
  readonly code: number
}

const noReader: WayToStop = { disturbance: { stderrClosed: true }, code: 141 }
const fullDisk: WayToStop = { disturbance: { stderrTo: '/dev/full' }, code: 74 }

/** Ways to stop it; on stderr nothing breaks before something is said there. */
export const WAYS_TO_STOP: Readonly<Record<string, WayToStop>> = {
  'Ctrl-C is pressed': { disturbance: { interruptAt: UNDER_WAY }, code: 130 },
  'one Ctrl-C arrives twice, as under npx': {
    disturbance: { interruptAt: UNDER_WAY, againAfter: [20] },
    code: 130,
  },
  'a scheduler sends SIGTERM': {
    disturbance: { interruptAt: UNDER_WAY, signal: 'SIGTERM' },
    code: 143,
  },
  'the terminal is closed': {
    disturbance: { interruptAt: UNDER_WAY, signal: 'SIGHUP' },
    code: 129,
  },
  'the reader of stdout leaves': { disturbance: { closeStdoutAt: UNDER_WAY }, code: 141 },
  'nobody reads stderr': noReader,
  ...(process.platform === 'linux' && { 'stderr goes to a full disk': fullDisk }),
}

/** The arguments of a training that takes days. @param out the run folder */
export function endlessTraining(set: string, out: string, { disturbance }: WayToStop): string[] {
  const quick = ['--batch', '2', '--threads', '1', '--input', '96x64', '--snapshots', '0']
  const silent = disturbance.stderrClosed === true || disturbance.stderrTo !== undefined
  const talk = silent ? [] : ['--json']
  return ['train', '--data', set, '--out', out, '--epochs', '1000000', ...talk, ...quick]
}
