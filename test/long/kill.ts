/**
 * @file Kills a training run (SIGKILL) at random moments, goes on with it each time, and compares the run folder with
 * that of a run that was never interrupted, byte for byte. Runs that reach their end between two kills are compared and
 * begun anew. How to run it: README.md.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const KILLS = Number(process.env.KILLS ?? 40)
const SEED = Number(process.env.SEED ?? 1)

const BIN = resolve('bin/singleshot.js')
const folder = mkdtempSync(join(tmpdir(), 'singleshot-kill-'))
const set = join(folder, 'set')

const SIZE = ['--size', '96x64']
const TRAIN = [
  ...['train', '--data', set, '--split', 'train', '--validate', 'val', '--snapshots', '4'],
  ...['--epochs', '30', '--batch', '8', '--input', '96x64', '--threads', '1'],
]

/** Random numbers from 0 to 1 that are the same for the same seed (Park and Miller 1988). */
function createChance(seed: number): () => number {
  let state = (seed % 2147483646) + 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

function start(args: readonly string[]): { child: ChildProcess; ended: Promise<string> } {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let talk = ''
  child.stderr?.on('data', (data) => {
    talk += data
  })
  const ended = new Promise<string>((done, fail) => {
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') done('killed')
      else if (code === 0) done('ended')
      else fail(new Error(`singleshot ${args.join(' ')}: exit code ${code}\n${talk}`))
    })
  })
  return { child, ended }
}

/** A checksum of every file of a run by its path; timing.json alone may differ. */
function filesOf(run: string): Map<string, string> {
  const paths = readdirSync(run, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'timing.json')
    .map((entry) => join(entry.parentPath, entry.name))
  const checksum = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
  return new Map(paths.map((path) => [path.slice(run.length + 1), checksum(path)]))
}

function differences(run: string, whole: string): string[] {
  const [found, wanted] = [filesOf(run), filesOf(whole)]
  return [...new Set([...found.keys(), ...wanted.keys()])].filter(
    (path) => found.get(path) !== wanted.get(path),
  )
}

/** The command that goes on with a run, or begins it. */
function commandFor(run: string): string[] {
  return existsSync(join(run, 'last.safetensors'))
    ? ['train', '--out', run, '--resume', '--threads', '1']
    : [...TRAIN, '--out', run]
}

async function killAtRandom(run: string, delay: number): Promise<string> {
  const { child, ended } = start(commandFor(run))
  const timer = setTimeout(() => child.kill('SIGKILL'), delay)
  return ended.finally(() => clearTimeout(timer))
}

async function main(): Promise<boolean> {
  const whole = join(folder, 'whole')
  await start(['shapes', '--out', set, '--scenes', '40', ...SIZE, '--seed', '3']).ended
  const began = performance.now()
  await start([...TRAIN, '--out', whole]).ended
  const duration = performance.now() - began
  console.log(`uninterrupted: ${(duration / 1000).toFixed(1)} s, ${filesOf(whole).size} files`)

  const chance = createChance(SEED)
  const counts = { kills: 0, 'before the first checkpoint': 0, runs: 0, different: 0 }
  for (let run = join(folder, 'run-1'); counts.kills < KILLS || existsSync(run); ) {
    const begun = existsSync(join(run, 'last.safetensors'))
    // The last run is let go to its end.
    const delay = counts.kills < KILLS ? chance() * 0.7 * duration : 10 * duration
    if ((await killAtRandom(run, delay)) === 'killed') {
      counts.kills++
      if (!begun && !existsSync(join(run, 'last.safetensors')))
        counts['before the first checkpoint']++
      continue
    }
    counts.runs++
    const different = differences(run, whole)
    if (different.length > 0) counts.different++
    console.log(
      `run ${counts.runs}, after ${counts.kills} kills: ${different.join(', ') || 'equal'}`,
    )
    if (different.length === 0) rmSync(run, { recursive: true })
    run = join(folder, `run-${counts.runs + 1}`)
  }
  console.log(JSON.stringify(counts))
  return counts.different === 0
}

const equal = await main()
if (equal) rmSync(folder, { recursive: true })
else console.log(`kept: ${folder}`)
process.exitCode = equal ? 0 : 1
