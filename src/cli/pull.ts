/** @file `singleshot pull`. */
import { EXIT } from '../error/exit-codes.ts'
import { didYouMean } from '../error/suggest.ts'
import type { PullResult } from '../node/fetch/pull.ts'
import { PUBLISHED, PUBLISHED_NAMES, type PublishedName } from '../weights/foreign/published.ts'
import { type Command, type Invocation, usageError } from './command.ts'
import type { Options } from './option.ts'
import { createProgress, say, writeJsonLine, writeRow } from './terminal.ts'

const OPTIONS = {
  cache: {
    type: 'text',
    value: 'DIR',
    otherwise: '$SINGLESHOT_CACHE, else $XDG_CACHE_HOME/singleshot, else ~/.cache/singleshot',
    text: 'where files are kept',
  },
  mirror: {
    type: 'text',
    value: 'URL',
    otherwise: "$SINGLESHOT_MIRROR, else the publisher's",
    text: 'address of a folder with the same files',
  },
  insecure: {
    type: 'flag',
    text: 'allow a mirror with plain http for a file that could then be forged',
  },
} as const satisfies Options

/** Fetches published weights. */
export const pullCommand: Command<typeof OPTIONS> = {
  name: 'pull',
  summary: `Fetches a published weight file into a cache, checks it, and prints its path. NAME is one of:\n${listOfNames()}`,
  usage: 'NAME [--cache DIR] [--mirror URL]',
  example: 'singleshot pull ssdlite320',
  positionals: true,
  options: OPTIONS,
  run: runPull,
}

async function runPull({
  options,
  positionals,
  signal,
}: Invocation<typeof OPTIONS>): Promise<number> {
  const name = readName(positionals)
  const { pull } = await import('../node/fetch/pull.ts')
  const { megabytes, licence } = PUBLISHED[name]
  const progress = createProgress()
  try {
    const result = await pull({
      name,
      cache: options.cache,
      mirror: options.mirror,
      insecure: options.insecure,
      signal,
      onEvent: ({ done, total }) => {
        const share = Math.min(1, done / (total ?? megabytes * MEGA))
        progress.update(share, `${(done / MEGA).toFixed(1)} of about ${megabytes} MB`)
      },
    })
    progress.done()
    if (options.json) writeJsonLine(result)
    else writeRow(result.path)
    say(`${result.cached ? 'In the cache' : 'Fetched'}: ${licence}.`)
    say(`Next: ${nextStep(result)}`)
    return EXIT.ok
  } finally {
    progress.done()
    if (signal.aborted) say('What came is kept; the same command goes on from there.')
  }
}

/** Bytes of a megabyte. */
const MEGA = 1e6

function readName(positionals: readonly string[]): PublishedName {
  const [name] = positionals
  const found = PUBLISHED_NAMES.find((known) => known === name)
  if (found !== undefined && positionals.length === 1) return found
  const hint = name === undefined ? '' : didYouMean(name, PUBLISHED_NAMES)
  throw usageError(
    pullCommand,
    `expected one NAME of ${PUBLISHED_NAMES.join(', ')}${hint}`,
    positionals.join(' ') || 'none',
  )
}

function listOfNames(): string {
  const width = Math.max(...PUBLISHED_NAMES.map((name) => name.length)) + 2
  return PUBLISHED_NAMES.map((name) => `  ${name.padEnd(width)}${PUBLISHED[name].summary}`).join(
    '\n',
  )
}

function nextStep({ name, path }: PullResult): string {
  const { kind, preset } = PUBLISHED[name]
  const classes = kind === 'backbone' ? ' --classes names.txt' : ''
  return `singleshot import ${path} --model ${preset}${classes} --out ${name}.safetensors`
}
