/** @file The command line's entrance: finds the command, reads its arguments, runs it, and reports what failed. */
import { readFile } from 'node:fs/promises'
import { EXIT } from '../error/exit-codes.ts'
import { didYouMean } from '../error/suggest.ts'
import { type Command, usageError } from './command.ts'
import { helpOf } from './help.ts'
import { readArguments } from './read-arguments.ts'
import { report } from './report.ts'
import { STOP_SIGNALS, Stopping, type StopSignal } from './stopping.ts'
import { say, writeRow, writeText } from './terminal.ts'

/** Loaded only when called, so that `--help` does not wait for the engine. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  train: async () => (await import('./train.ts')).trainCommand,
  eval: async () => (await import('./eval.ts')).evalCommand,
  detect: async () => (await import('./detect.ts')).detectCommand,
  why: async () => (await import('./why.ts')).whyCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  anchors: async () => (await import('./anchors.ts')).anchorsCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  convert: async () => (await import('./convert.ts')).convertCommand,
  shapes: async () => (await import('./shapes.ts')).shapesCommand,
  bench: async () => (await import('./bench.ts')).benchCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  import: async () => (await import('./import.ts')).importCommand,
  pull: async () => (await import('./pull.ts')).pullCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
}

const OVERVIEW = `singleshot: train, evaluate and run an SSD object detector, in plain JavaScript.

Usage: singleshot COMMAND [options]

  demo     see it all on generated pictures, offline, in a few minutes
  train    train a detector on a folder of labelled pictures
  eval     measure a detector on labelled pictures
  detect   find objects in pictures
  why      say why an object was missed, or detected wrongly
  anchors  tell before training how well the anchors fit your objects, and fit them
  doctor   examine labelled pictures: what is wrong, what is odd, what to do
  convert  write labelled pictures in another format: VOC, COCO, YOLO, ...
  shapes   draw a labelled dataset of scenes, as large as you like
  bench    time detection or training on this machine
  export   write a model for other programs: ONNX, PyTorch
  import   make a model of weights of PyTorch or torchvision
  pull     fetch weights that others have published
  explain  see in your browser how a detector works, on your own pictures

  singleshot COMMAND --help    the options of a command
  singleshot --version

Exit codes and error codes: docs/errors.md
`

/** Runs the CLI and sets the process's exit code. @param args without node and the script */
export async function runMain(args: readonly string[]): Promise<void> {
  const stopping = stopOnSignals()
  const tell = (error: unknown) => report(error, args.includes('--json'))
  process.on('uncaughtException', (error) => {
    process.exitCode = tell(error)
    if (!stopping.onBug()) process.exit()
  })
  const code = await dispatch(args, stopping).catch((error) =>
    error instanceof Error && error.name === 'AbortError' ? EXIT.interrupted : tell(error),
  )
  process.exitCode = stopping.end(code === EXIT.interrupted ? undefined : code)
}

async function dispatch(args: readonly string[], stopping: Stopping): Promise<number> {
  const [name, ...rest] = args[0] === 'help' ? [args[1] ?? '--help', '--help'] : args
  if (name === '--version' || name === '-v') {
    writeRow(await version())
    return EXIT.ok
  }
  if (name === undefined || name === '--help' || name === '-h') {
    writeText(OVERVIEW)
    return name === undefined ? EXIT.usage : EXIT.ok
  }
  const command = await findCommand(name)
  const invocation = readArguments(command, rest)
  if (invocation === undefined) {
    writeText(helpOf(command))
    return EXIT.ok
  }
  stopping.begin(command.saves === true)
  return command.run({ ...invocation, signal: stopping.signal })
}

function findCommand(name: string): Promise<Command> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load !== undefined) return load()
  const names = Object.keys(COMMANDS)
  const hint = didYouMean(name, names) || `; expected one of ${names.join(', ')}`
  throw usageError({ name: 'singleshot' }, `there is no command ${name}${hint}`)
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** Ties stopping to the signals and streams of this process. */
function stopOnSignals(): Stopping {
  const stopping = new Stopping({
    announce: () => say('', 'Stopping. Ctrl-C again ends at once.'),
    dieBy: (name) => {
      process.removeAllListeners(name)
      process.kill(process.pid, name)
    },
    later: (milliseconds, run) => setTimeout(run, milliseconds).unref(),
  })
  for (const name of Object.keys(STOP_SIGNALS) as StopSignal[])
    process.on(name, () => stopping.onSignal(name, performance.now()))
  for (const stream of ['stdout', 'stderr'] as const)
    process[stream].on('error', ({ code }: NodeJS.ErrnoException) =>
      stopping.onBrokenOutput(stream, code),
    )
  return stopping
}
