/** @file The engine on Node.js: ONNX Runtime in a worker thread (session-worker.js). */
import { availableParallelism } from 'node:os'
import { disposable } from '../call/disposable.ts'
import { checkOptions } from '../check/check-options.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { targetOf } from '../graph/lowering.ts'
import { measureChannelBlock } from './channel-block.ts'
import { inputsOf } from './check-feeds.ts'
import { deviceError } from './device-error.ts'
import {
  DEFAULT_DEVICE,
  type Device,
  type Engine,
  type EngineOptions,
  type Program,
  type ProgramSource,
  type Runtime,
} from './engine.ts'
import { engineOptionsSchema } from './engine-schema.ts'
import { type ProgramHost, programOf, sharedProgram } from './program.ts'
import { loadIn, wantedRuntime } from './runtime.ts'
import { EngineThread } from './thread.ts'

/**
 * Starts an engine in a thread of its own. ONNX Runtime keeps a file about its use in the home folder unless the
 * variable ORT_DISABLE_TELEMETRY of the process tells it not to; so this sets it, where it is not set.
 * @throws SingleshotError E_CONFIG for an impossible option
 * @example
 * ```js
 * import { createEngine } from 'singleshot'
 * import { constant, input, ops, toOnnx } from 'singleshot/core'
 *
 * const engine = createEngine({ threads: 1 })
 * const y = ops.multiply(input('x', [2]), constant(2))
 * const program = await engine.compile({ bytes: toOnnx({ y }) })
 * const { outputs } = await program.run({ x: { data: Float32Array.of(1, 2), shape: [2] } })
 * console.log(outputs.y) // → Float32Array(2) [ 2, 4 ]
 * await engine.close()
 * ```
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
  const { device = DEFAULT_DEVICE } = options
  const settings = sessionOptions({ ...options, device })
  const lane: Lane = { thread, device, settings, hosts: new WeakSet() }
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
    capabilities: async () => {
      const kind = await runtime('capabilities')
      const hasBlocks = kind === 'native' && device === 'cpu'
      return {
        ...{ device, runtime: kind, target: targetOf(device) },
        threads: kind === 'native' ? threadsOf(options) : 1,
        memory: process.availableMemory(),
        channelBlock: async () => {
          if (!hasBlocks) return undefined
          block ??= measureChannelBlock({ compile })
          return block
        },
      }
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
  readonly device: Device
  readonly settings: object
  /** Those of the programs that were compiled here. */
  readonly hosts: WeakSet<ProgramHost>
}

async function compileIn(lane: Lane, program: number, source: ProgramSource): Promise<Program> {
  const { thread, device, settings, hosts } = lane
  const { bytes, state = [] } = source
  /** Asks about this program; what ONNX Runtime refuses becomes an error of ours. */
  const ask: Ask = async (where, body = {}, transfer = []) => {
    try {
      return await thread.ask(where, { program, kind: where, ...body }, transfer)
    } catch (error) {
      if (error instanceof SingleshotError) throw error
      throw deviceError(where, device, (error as Error).message)
    }
  }
  const slots = state.map((slot) => ({ ...slot, shape: [...slot.shape] }))
  const shared = sharedProgram(source, (host) => hosts.has(host))
  const metadata = await ask('compile', { bytes, slots, shared, options: settings })
  const host = hostOf(thread, program, ask)
  hosts.add(host)
  const inputs = inputsOf(metadata as Parameters<typeof inputsOf>[0])
  return programOf(program, host, inputs, source)
}

/** The host of one program: the thread. */
function hostOf(thread: EngineThread, program: number, ask: Ask): ProgramHost {
  return {
    ask,
    release: () => release(thread, program, ask),
    get over() {
      return thread.over
    },
  }
}

/** Asks about one program. */
type Ask = (where: string, body?: object, transfer?: ArrayBuffer[]) => Promise<unknown>

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

const threadsOf = ({ threads }: { readonly threads?: number | undefined }) =>
  threads || availableParallelism()

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
    intraOpNumThreads: threadsOf({ threads }),
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
