/** @file The engine on Node.js: ONNX Runtime in a worker thread (session-worker.js). */
import { availableParallelism } from 'node:os'
import { disposable } from '../call/disposable.ts'
import { checkOptions } from '../check/check-options.ts'
import { engineOptionsSchema } from '../check/schemas.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { measureChannelBlock } from './channel-block.ts'
import { checkFeeds, checkState, type InputInfo, inputsOf } from './check-feeds.ts'
import { closedError } from './closing.ts'
import { deviceError } from './device-error.ts'
import type { Engine, EngineOptions, Program, ProgramSource, RunResult, Runtime } from './engine.ts'
import { loadIn, wantedRuntime } from './runtime.ts'
import { EngineThread } from './thread.ts'

/**
 * Starts an engine in a thread of its own. ONNX Runtime keeps a file about its use in the home folder unless the
 * variable ORT_DISABLE_TELEMETRY of the process tells it not to; so this sets it, where it is not set.
 * @throws SingleshotError E_CONFIG for an impossible option
 */
export function createEngine(options: EngineOptions = {}): Engine {
  checkOptions(engineOptionsSchema, options, 'createEngine')
  const runtime = wantedRuntime(options.runtime)
  // The library reads the environment of the process; a worker thread's own environment would not reach it.
  process.env.ORT_DISABLE_TELEMETRY ??= '1'
  return engineIn(new EngineThread(), { ...options, runtime })
}

/** The engine of a thread, for {@link createEngine} and for tests, which bring a thread to break. */
export function engineIn(thread: EngineThread, options: EngineOptions = {}): Engine {
  const { device = 'cpu' } = options
  const lane: Lane = { thread, device, settings: sessionOptions({ ...options, device }) }
  let programs = 0
  let loading: Promise<Runtime> | undefined
  let block: Promise<number | undefined> | undefined
  const runtime = (where: string) => {
    if (thread.over) return thread.ask(where, { kind: 'load' }) as Promise<never>
    loading ??= loadIn(thread, where, options)
    return loading
  }
  const compile = async (source: ProgramSource) => {
    checkProfile(await runtime('compile'), options.profile)
    return compileIn(lane, programs++, source)
  }
  return disposable({
    device,
    runtime: () => runtime('runtime'),
    channelBlock: async () => {
      if ((await runtime('channelBlock')) !== 'native' || device !== 'cpu') return undefined
      block ??= measureChannelBlock({ compile })
      return block
    },
    compile,
    close: () => thread.close(),
  })
}

/** Nothing is promised in silence: WebAssembly has no files to write a profile to. */
function checkProfile(runtime: Runtime, profile: string | undefined) {
  if (runtime === 'native' || profile === undefined) return
  const rule = 'expected no profile, which only the native engine can write'
  throw new SingleshotError('E_CONFIG', { where: 'compile', rule, got: profile })
}

/** Where programs run, and how. */
interface Lane {
  readonly thread: EngineThread
  readonly device: string
  readonly settings: object
}

async function compileIn(
  { thread, device, settings }: Lane,
  program: number,
  { bytes, state = [] }: ProgramSource,
): Promise<Program> {
  /** Asks about this program; what ONNX Runtime refuses becomes an error of ours. */
  const ask = async (where: string, body: object = {}, transfer: ArrayBuffer[] = []) => {
    try {
      return await thread.ask(where, { program, kind: where, ...body }, transfer)
    } catch (error) {
      if (error instanceof SingleshotError) throw error
      throw deviceError(where, device, (error as Error).message)
    }
  }
  const slots = state.map((slot) => ({ ...slot, shape: [...slot.shape] }))
  const metadata = await ask('compile', { bytes, slots, options: settings })
  const inputs = inputsOf(metadata as Parameters<typeof inputsOf>[0])
  return programIn(thread, program, ask, { inputs, state })
}

type Ask = (where: string, body?: object, transfer?: ArrayBuffer[]) => Promise<unknown>

function programIn(
  thread: EngineThread,
  program: number,
  ask: Ask,
  { inputs, state }: { inputs: InputInfo[]; state: NonNullable<ProgramSource['state']> },
): Program {
  const stateNames = new Set(state.map((slot) => slot.name))
  const fed = inputs.filter(({ name }) => !stateNames.has(name))
  let closing: Promise<void> | undefined
  const checkOpen = (where: string) => {
    if (closing !== undefined && !thread.over) throw closedError(where, 'program')
  }
  return disposable({
    run: async (feeds) => {
      checkOpen('run')
      const used = checkFeeds(fed, feeds)
      const buffers = Object.values(used).map(({ data }) => data.buffer)
      return (await ask('run', { feeds: used }, buffers)) as RunResult
    },
    readState: async () => {
      checkOpen('readState')
      return (await ask('readState')) as Map<string, Float32Array>
    },
    writeState: async (values) => {
      checkOpen('writeState')
      checkState(state, values)
      await ask('writeState', { values })
    },
    close: () => {
      closing ??= release(thread, program, ask)
      return closing
    },
  } satisfies Omit<Program, typeof Symbol.asyncDispose>)
}

/** Frees a program. A thread that is closed, closes meanwhile or has died has freed it. */
async function release(thread: EngineThread, program: number, ask: Ask): Promise<void> {
  if (thread.over) return
  thread.overtake(program)
  try {
    await ask('release')
  } catch (error) {
    if (!thread.over) throw error
  }
}

/** ONNX Runtime's settings, for each kind of it; which of them matter, and why, is measured in docs/log.md. */
function sessionOptions({ device, threads, profile }: EngineOptions) {
  const both = {
    executionProviders: [device],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    // The pattern plans one block for all results, beside what the first run took: twice the memory, no less time.
    enableMemPattern: false,
  }
  const native = {
    ...both,
    intraOpNumThreads: threads || availableParallelism(),
    interOpNumThreads: 1,
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
  return { native, wasm: both }
}
