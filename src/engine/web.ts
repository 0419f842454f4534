/**
 * @file The engine in a browser: onnxruntime-web, compiled to WebAssembly. It computes in the thread that calls it,
 * so a page calls it from a Web Worker and stays free to draw.
 *
 * It is for looking at pictures, not for training: it keeps no state from run to run.
 */
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm'
import { disposable } from '../call/disposable.ts'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'
import { checkFeeds, checkState, inputsOf } from './check-feeds.ts'
import { closedError } from './closing.ts'
import { deviceError } from './device-error.ts'
import type { Engine, Feed, Program, ProgramSource, RunResult } from './engine.ts'

/** More threads gain little for one picture at a time, and each costs memory. */
const MOST_WEB_THREADS = 4

/** How to run in a browser. */
export interface WebEngineOptions {
  /**
   * Addresses of ONNX Runtime's two files, `ort-wasm-simd-threaded.mjs` and `.wasm`; a page must serve them itself.
   * Left out, ONNX Runtime looks beside its own script, which is right in Node.
   */
  readonly files?: { readonly mjs: string; readonly wasm: string }
  /** Default: up to 4 on a page that is cross-origin isolated, else 1, because browsers allow no more there. */
  readonly threads?: number
}

/** Starts an engine in this thread. @throws SingleshotError E_CONFIG for an impossible number of threads */
export function createWebEngine({ files, threads }: WebEngineOptions = {}): Engine {
  const count = threads ?? threadsAllowed()
  if (!Number.isInteger(count) || count < 1)
    throw new SingleshotError('E_CONFIG', {
      where: 'createWebEngine',
      rule: 'expected threads to be a whole number from 1 up',
      got: count,
    })
  env.wasm.numThreads = count
  env.logLevel = 'error'
  if (files !== undefined) env.wasm.wasmPaths = { ...files }
  const open = new Set<Program>()
  let closed = false
  const checkOpen = (where: string) => {
    if (closed) throw closedError(where, 'engine')
  }
  return disposable({
    device: 'cpu',
    runtime: async () => {
      checkOpen('runtime')
      return 'wasm'
    },
    // WebAssembly has none: the blocked operators are written for native processors.
    channelBlock: async () => {
      checkOpen('channelBlock')
      return undefined
    },
    compile: async (source) => {
      checkOpen('compile')
      const session = await createSession(source)
      const program = programOf(session, checkOpen, () => open.delete(program))
      open.add(program)
      if (!closed) return program
      await program.close() // The engine was closed meanwhile.
      throw closedError('compile', 'engine')
    },
    close: async () => {
      closed = true
      await Promise.all([...open].map((program) => program.close()))
    },
  } satisfies Omit<Engine, typeof Symbol.asyncDispose>)
}

interface Scope {
  readonly crossOriginIsolated?: boolean
  readonly navigator?: { readonly hardwareConcurrency?: number }
}

/** Threads share memory, which browsers allow only on pages that are cross-origin isolated. */
function threadsAllowed(): number {
  const { crossOriginIsolated, navigator } = globalThis as Scope
  if (crossOriginIsolated !== true) return 1
  return Math.max(1, Math.min(MOST_WEB_THREADS, navigator?.hardwareConcurrency ?? 1))
}

async function createSession({ bytes, state = [] }: ProgramSource): Promise<InferenceSession> {
  if (state.length > 0)
    throw new SingleshotError('E_DEVICE', {
      where: 'compile',
      rule: 'expected a graph without state; training runs in Node.js',
      got: `${state.length} state tensors`,
      remedy: 'Train in Node.js, and load the model here.',
    })
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: ['wasm'],
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    })
  } catch (error) {
    throw deviceError('compile', 'cpu', describeError(error))
  }
}

/** A session as a program. @param checkEngine throws when the engine is closed */
function programOf(
  session: InferenceSession,
  checkEngine: (where: string) => void,
  onClose: () => void,
): Program {
  const inputs = inputsOf(session.inputMetadata)
  const running = new Set<Promise<RunResult>>()
  let closing: Promise<void> | undefined
  const checkOpen = (where: string) => {
    checkEngine(where)
    if (closing !== undefined) throw closedError(where, 'program')
  }
  return disposable({
    run: async (feeds) => {
      checkOpen('run')
      const run = runSession(session, checkFeeds(inputs, feeds))
      running.add(run)
      const result = await run.finally(() => running.delete(run))
      checkOpen('run')
      return result
    },
    readState: async () => {
      checkOpen('readState')
      return new Map()
    },
    writeState: async (values) => {
      checkOpen('writeState')
      checkState([], values)
    },
    close: () => {
      onClose()
      closing ??= Promise.allSettled(running).then(() => session.release())
      return closing
    },
  } satisfies Omit<Program, typeof Symbol.asyncDispose>)
}

async function runSession(
  session: InferenceSession,
  feeds: Readonly<Record<string, Feed>>,
): Promise<RunResult> {
  const entries = Object.entries(feeds)
  const tensors = Object.fromEntries(entries.map(([name, feed]) => [name, tensorOf(feed)]))
  try {
    const started = performance.now()
    const results = await session.run(tensors)
    const milliseconds = performance.now() - started
    return {
      outputs: Object.fromEntries(
        session.outputNames.map((name) => [name, results[name]!.data as Float32Array]),
      ),
      returned: Object.fromEntries(entries.map(([name, { data }]) => [name, data])),
      milliseconds,
    }
  } catch (error) {
    throw deviceError('run', 'cpu', describeError(error))
  }
}

function tensorOf({ data, shape }: Feed): Tensor {
  return data instanceof Int32Array
    ? new Tensor('int32', data, shape)
    : new Tensor('float32', data, shape)
}
