/** @file The engine on Node.js: onnxruntime-node in a worker thread (session-worker.js). */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { MOST_THREADS } from '../config/limits.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { measureChannelBlock } from './channel-block.ts'
import type { Engine, EngineOptions, Feed, Program, ProgramSource, RunResult } from './engine.ts'

interface Reply {
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}

/** Sends messages to the worker and pairs each reply with its question. */
class Mailbox {
  readonly #worker = new Worker(new URL('./session-worker.js', import.meta.url))
  readonly #waiting = new Map<
    number,
    { resolve(value: unknown): void; reject(error: Error): void }
  >()
  #last = 0

  constructor() {
    this.#worker.on('message', ({ id, value, error }: Reply) => {
      const question = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (this.#waiting.size === 0) this.#worker.unref()
      if (error === undefined) question?.resolve(value)
      else question?.reject(new Error(error))
    })
    this.#worker.on('error', (error) => this.#failAll(error))
    this.#worker.on('exit', (code) =>
      this.#failAll(new Error(`the engine's thread ended with code ${code}`)),
    )
    // An idle engine must not keep the process alive.
    this.#worker.unref()
  }

  ask(kind: string, body: object, transfer: ArrayBuffer[] = []): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = ++this.#last
      this.#waiting.set(id, { resolve, reject })
      this.#worker.ref()
      this.#worker.postMessage({ id, kind, ...body }, transfer)
    })
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #failAll(error: Error) {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

/** Starts an engine in a thread of its own. @throws SingleshotError E_CONFIG for an impossible option */
export function createEngine(options: EngineOptions = {}): Engine {
  const { device = 'cpu', threads = 0 } = options
  if (!Number.isInteger(threads) || threads < 0 || threads > MOST_THREADS)
    throw new SingleshotError('E_CONFIG', {
      where: 'createEngine',
      rule: `expected threads to be a whole number from 0 to ${MOST_THREADS}`,
      got: threads,
    })
  // ONNX Runtime keeps a telemetry file in the home folder unless told not to; we send and keep nothing.
  process.env.ORT_DISABLE_TELEMETRY ??= '1'
  const mailbox = new Mailbox()
  let programs = 0
  const compile = async (source: ProgramSource) => {
    const program = programs++
    const inputs = await compileIn(mailbox, program, source, { ...options, device, threads })
    return programIn(mailbox, program, inputs, source)
  }
  let block: Promise<number | undefined> | undefined
  return {
    device,
    channelBlock: () => {
      block ??= device === 'cpu' ? measureChannelBlock({ compile }) : Promise.resolve(undefined)
      return block
    },
    compile,
    close: () => mailbox.end(),
  }
}

async function compileIn(
  mailbox: Mailbox,
  program: number,
  { bytes, state = [] }: ProgramSource,
  options: EngineOptions,
): Promise<string[]> {
  try {
    const slots = state.map((slot) => ({ ...slot, shape: [...slot.shape] }))
    return (await mailbox.ask('compile', {
      program,
      bytes,
      slots,
      options: sessionOptions(options),
    })) as string[]
  } catch (error) {
    throw new SingleshotError('E_DEVICE', {
      where: 'compile',
      rule: `expected a graph that the device ${options.device} can run`,
      got: (error as Error).message,
      cause: error,
    })
  }
}

/** ONNX Runtime's settings; which of them matter, and why, is measured in docs/log.md. */
function sessionOptions({ device, threads, profile }: EngineOptions) {
  return {
    executionProviders: [device],
    intraOpNumThreads: threads || availableParallelism(),
    interOpNumThreads: 1,
    // The pattern plans one block for all results, beside what the first run took: twice the memory, no less time.
    enableMemPattern: false,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    ...(profile !== undefined && { enableProfiling: true, profileFilePrefix: profile }),
    extra: {
      session: {
        // Between two runs the engine's threads must not spin: on two cores the main thread then waits for
        // milliseconds before it is heard (measured: 3.5 ms to send a picture, 5 ms to send the answer).
        force_spinning_stop: '1',
        // Numbers below 1e-38 are slow and mean nothing here.
        set_denormal_as_zero: '1',
        // A graph that silently falls back to the CPU would be slow without saying why.
        ...(device !== 'cpu' && { disable_cpu_ep_fallback: '1' }),
      },
    },
  }
}

function programIn(
  mailbox: Mailbox,
  program: number,
  inputs: string[],
  source: ProgramSource,
): Program {
  const stateNames = new Set((source.state ?? []).map((slot) => slot.name))
  const fed = inputs.filter((name) => !stateNames.has(name))
  return {
    run: async (feeds) => {
      checkFeeds(fed, feeds)
      const used = Object.fromEntries(fed.map((name) => [name, feeds[name]!]))
      const buffers = Object.values(used).map((feed: Feed) => feed.data.buffer)
      return (await mailbox.ask('run', { program, feeds: used }, buffers)) as RunResult
    },
    readState: async () =>
      (await mailbox.ask('readState', { program })) as Map<string, Float32Array>,
    writeState: async (values) => {
      checkState(source, values)
      await mailbox.ask('writeState', { program, values })
    },
    close: async () => {
      await mailbox.ask('release', { program })
    },
  }
}

function checkFeeds(names: readonly string[], feeds: Readonly<Record<string, Feed>>) {
  for (const name of names)
    if (feeds[name] === undefined)
      throw new SingleshotError('E_SHAPE', {
        where: 'run',
        rule: `expected a feed named ${name}`,
        got: Object.keys(feeds),
      })
}

function checkState({ state = [] }: ProgramSource, values: ReadonlyMap<string, Float32Array>) {
  for (const [name, value] of values) {
    const slot = state.find((candidate) => candidate.name === name)
    const length = slot?.shape.reduce((product, side) => product * side, 1)
    if (length !== value.length)
      throw new SingleshotError('E_SHAPE', {
        where: 'writeState',
        rule: `expected ${length ?? 'no'} numbers for ${name}`,
        got: value.length,
      })
  }
}
