/**
 * @file The engine in a browser: onnxruntime-web, compiled to WebAssembly. It computes in the thread that calls it,
 * so a page calls it from a Web Worker and stays free to draw.
 *
 * It is for looking at pictures, not for training: it keeps no state from run to run.
 */
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'
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
  return {
    device: 'cpu',
    // WebAssembly has none: the blocked operators are written for native processors.
    channelBlock: () => Promise.resolve(undefined),
    compile: async (source) => {
      const program = await compileWeb(source, () => open.delete(program))
      open.add(program)
      return program
    },
    close: async () => {
      for (const program of [...open]) await program.close()
    },
  }
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

async function compileWeb(
  { bytes, state = [] }: ProgramSource,
  onClose: () => void,
): Promise<Program> {
  if (state.length > 0)
    throw new SingleshotError('E_DEVICE', {
      where: 'compile',
      rule: 'expected a graph without state; training runs in Node.js',
      got: `${state.length} state tensors`,
    })
  const session = await createSession(bytes)
  return {
    run: (feeds) => runSession(session, feeds),
    readState: () => Promise.resolve(new Map()),
    writeState: refuseState,
    close: async () => {
      onClose()
      await session.release()
    },
  }
}

async function createSession(bytes: Uint8Array): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: ['wasm'],
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    })
  } catch (error) {
    throw new SingleshotError('E_DEVICE', {
      where: 'compile',
      rule: 'expected a graph that WebAssembly can run',
      got: describeError(error),
      cause: error,
    })
  }
}

async function runSession(
  session: InferenceSession,
  feeds: Readonly<Record<string, Feed>>,
): Promise<RunResult> {
  const used = Object.fromEntries(
    session.inputNames.map((name) => [name, checkFeed(name, feeds)] as const),
  )
  const started = performance.now()
  const results = await session.run(
    Object.fromEntries(Object.entries(used).map(([name, feed]) => [name, tensorOf(feed)])),
  )
  const milliseconds = performance.now() - started
  return {
    outputs: Object.fromEntries(
      session.outputNames.map((name) => [name, results[name]!.data as Float32Array]),
    ),
    returned: Object.fromEntries(Object.entries(used).map(([name, { data }]) => [name, data])),
    milliseconds,
  }
}

function checkFeed(name: string, feeds: Readonly<Record<string, Feed>>): Feed {
  const feed = feeds[name]
  if (feed !== undefined) return feed
  throw new SingleshotError('E_SHAPE', {
    where: 'run',
    rule: `expected a feed named ${name}`,
    got: Object.keys(feeds),
  })
}

function tensorOf({ data, shape }: Feed): Tensor {
  return data instanceof Int32Array
    ? new Tensor('int32', data, shape)
    : new Tensor('float32', data, shape)
}

function refuseState(values: ReadonlyMap<string, Float32Array>): Promise<void> {
  const [name] = values.keys()
  if (name === undefined) return Promise.resolve()
  const parts = { where: 'writeState', rule: `expected no numbers for ${name}`, got: values.size }
  return Promise.reject(new SingleshotError('E_SHAPE', parts))
}
