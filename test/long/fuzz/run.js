/**
 * @file Fuzzes the built package: `node test/long/fuzz/run.js [--scale X] [--only TEXT] [--case N]`. See README.md.
 */
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { createCounts, read } from './counts.js'
import { TARGETS } from './targets.js'

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    case: { type: 'string' },
  },
})
const scale = Number(values.scale)
if (!(scale > 0)) throw new Error(`expected --scale above 0, got ${values.scale}`)

/** A mutant that does not end in this time is given up. */
const HUNG_MILLISECONDS = 30_000
/** Before the first one the package is loaded. */
const STARTING_MILLISECONDS = 120_000
const WATCH_MILLISECONDS = 500
/** Findings of a target that are printed; more are counted. */
const MOST_PRINTED = 20

/**
 * Runs mutants `from` to `to` of a target, as far as each ends.
 * @param {string} name @param {number} from @param {number} to @param {Int32Array} counts
 * @param {(finding: string) => void} print
 * @returns {Promise<number>} the first mutant that was not run
 */
function runRange(name, from, to, counts, print) {
  const worker = new Worker(new URL('worker.js', import.meta.url), {
    workerData: { name, from, to, counts },
  })
  return new Promise((resolve, reject) => {
    let last = -1
    let since = performance.now()
    const end = (/** @type {number} */ next) => {
      clearInterval(watch)
      worker.terminate().then(() => resolve(next), reject)
    }
    const giveUp = (/** @type {string} */ why) => {
      const at = Math.max(from, read(counts, 'at'))
      print(`${name} ${at}: ${why}`)
      end(at + 1)
    }
    const watch = setInterval(() => {
      const at = read(counts, 'at')
      if (at !== last) since = performance.now()
      last = at
      const limit = at < from ? STARTING_MILLISECONDS : HUNG_MILLISECONDS
      if (performance.now() - since > limit) giveUp('hung')
    }, WATCH_MILLISECONDS)
    worker.on('message', (message) => (message === 'done' ? end(to) : print(message)))
    worker.on('error', (error) => giveUp(`died: ${error.stack}`))
  })
}

/** @param {string} finding */
const isSlow = (finding) => finding.includes(': slow: ')

/** @param {(string | number)[]} cells */
const row = (cells) =>
  cells.map((cell, i) => (i === 0 ? `${cell}`.padEnd(24) : `${cell}`.padStart(9))).join(' ')

const heads = ['cases', 'refused', 'accepted', 'crashes', '>2 s', '>500 MB', 'hung', 'longest']
console.log(row(['target', ...heads]))
let failures = 0
for (const { name, cases } of TARGETS) {
  if (!name.includes(values.only)) continue
  const from = Number(values.case ?? 0)
  const to = values.case === undefined ? Math.ceil(cases * scale) : from + 1
  const counts = createCounts()
  /** @type {string[]} */
  const findings = []
  for (let next = from; next < to; )
    next = await runRange(name, next, to, counts, (finding) => findings.push(finding))
  const [refused, accepted] = [read(counts, 'refused'), read(counts, 'accepted')]
  const bad = [read(counts, 'crashes'), read(counts, 'slow'), read(counts, 'large')]
  const hung = to - from - refused - accepted - read(counts, 'crashes')
  console.log(
    row([name, to - from, refused, accepted, ...bad, hung, `${read(counts, 'longest')} ms`]),
  )
  const worstFirst = findings.toSorted((a, b) => Number(isSlow(a)) - Number(isSlow(b)))
  for (const finding of worstFirst.slice(0, MOST_PRINTED)) console.log(`  ${finding}`)
  failures += findings.length
}
process.exitCode = failures > 0 ? 1 : 0
