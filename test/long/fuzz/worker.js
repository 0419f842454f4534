/**
 * @file Runs the mutants of one target, one after another, and counts in shared memory: whoever started it sees when a
 * mutant does not end.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { isCrash } from './built.js'
import { add, read, write } from './counts.js'
import { createRandom } from './random.js'
import { TARGETS } from './targets.js'

/** @type {{ name: string, from: number, to: number, counts: Int32Array }} */
const { name, from, to, counts } = workerData

const SLOW_MILLISECONDS = 2000
const LARGE_BYTES = 500e6

const target = TARGETS.find((each) => each.name === name)
if (target === undefined) throw new Error(`expected a target, got ${name}`)
const run = await target.prepare()
const before = Object.getOwnPropertyNames(Object.prototype).length

for (let i = from; i < to; i++) {
  write(counts, 'at', i)
  const start = process.cpuUsage()
  const memory = process.memoryUsage.rss()
  try {
    await run(createRandom(name, i))
    add(counts, 'accepted')
  } catch (error) {
    if (isCrash(error)) tell(i, 'crashes', error)
    else add(counts, 'refused')
  }
  // Time of the processor, not of the clock: what else runs on the machine does not count.
  const { user, system } = process.cpuUsage(start)
  const milliseconds = Math.round((user + system) / 1000)
  write(counts, 'longest', Math.max(read(counts, 'longest'), milliseconds))
  if (milliseconds > SLOW_MILLISECONDS) tell(i, 'slow', `${milliseconds} ms`)
  if (process.memoryUsage.rss() - memory > LARGE_BYTES) tell(i, 'large', 'memory')
  if (Object.getOwnPropertyNames(Object.prototype).length !== before)
    tell(i, 'crashes', 'Object.prototype has grown')
}
parentPort?.postMessage('done')

/** @param {number} i @param {'crashes' | 'slow' | 'large'} kind @param {any} what */
function tell(i, kind, what) {
  add(counts, kind)
  const text = what instanceof Error ? (what.stack ?? what.message) : String(what)
  const shown = text.split('\n').slice(0, 4).join(' | ').slice(0, 400)
  parentPort?.postMessage(`${name} ${i}: ${kind}: ${shown}`)
}
