/** @file The command line's entrance: finds the command, reads its arguments, runs it, and reports what failed. */
import { readFile } from 'node:fs/promises'
import { ERRORS, EXIT } from '../error/codes.ts'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'
import { type Command, helpOf, readArguments, usageError } from './command.ts'
import { say, writeData, writeJsonLine } from './terminal.ts'

/** Loaded only when called, so that `--help` does not wait for the engine. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  train: async () => (await import('./train.ts')).trainCommand,
  eval: async () => (await import('./eval.ts')).evalCommand,
  detect: async () => (await import('./detect.ts')).detectCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  bench: async () => (await import('./bench.ts')).benchCommand,
}

const OVERVIEW = `singleshot: train, evaluate and run an SSD object detector, in plain JavaScript.

Usage: singleshot COMMAND [options]

  demo     see it all on generated pictures, offline, in a few minutes
  train    train a detector on a folder of labelled pictures
  eval     measure a detector on labelled pictures
  detect   find objects in pictures
  bench    time detection or training on this machine

  singleshot COMMAND --help    the options of a command
  singleshot --version

Exit codes and error codes: docs/errors.md
`

/** Runs the CLI and sets the process's exit code. @param args without node and the script */
export async function runMain(args: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of our output went away (`| head`): nothing is wrong.
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.io)
  })
  try {
    process.exitCode = await dispatch(args)
  } catch (error) {
    process.exitCode = report(error, args.includes('--json'))
  }
}

async function dispatch([name, ...rest]: readonly string[]): Promise<number> {
  if (name === '--version') {
    writeData(await version())
    return EXIT.ok
  }
  if (name === undefined || name === '--help' || name === 'help') {
    writeData(OVERVIEW)
    return name === undefined ? EXIT.usage : EXIT.ok
  }
  const load = COMMANDS[name]
  if (load === undefined)
    throw usageError(
      { name: 'singleshot' },
      `expected a command: ${Object.keys(COMMANDS).join(', ')}`,
      name,
    )
  const command = await load()
  const { options, positionals } = readArguments(command, rest)
  if (options.help === true) {
    writeData(helpOf(command))
    return EXIT.ok
  }
  return command.run({ options, positionals, signal: interruptSignal() })
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** Aborted by the first Ctrl-C, so that work can be saved; the second one ends at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController()
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted)
    controller.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return controller.signal
}

/** Tells what failed, without a stack. @returns the exit code */
export function report(error: unknown, json: boolean): number {
  const known = error instanceof SingleshotError
  const code = known ? error.code : 'E_INTERNAL'
  const message = describeError(error)
  const { remedy, exit } = ERRORS[code]
  if (json) writeJsonLine({ error: { code, message, remedy } })
  say(`error ${code}: ${message}\n  ${remedy}`)
  if (!known && process.env.SINGLESHOT_DEBUG === '1' && error instanceof Error)
    say(error.stack ?? '')
  return exit
}
