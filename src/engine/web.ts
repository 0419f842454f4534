/**
 * @file The engine in a browser: ONNX Runtime compiled to WebAssembly. It computes in the thread that calls it, so a page
 * calls it from a Web Worker and stays free to draw. What it can do, the engine in Node.js can too, and the other way
 * round: both hold the same programs (programs.js), with state, so that a page can train.
 */
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm'
import { disposable } from '../call/disposable.ts'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'
import { targetOf } from '../graph/lowering.ts'
import { inputsOf } from './check-feeds.ts'
import { closedError } from './closing.ts'
import { deviceError } from './device-error.ts'
import type { Engine, Program, ProgramSource } from './engine.ts'
import { type ProgramHost, programOf, sharedProgram } from './program.ts'
import { createPrograms } from './programs.js'

/** More threads gain little for one picture at a time, and each costs memory. */
const MOST_WEB_THREADS = 4

/** What computes. */
const DEVICE = 'cpu'

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
export function createWebEngine({
  files,
  threads = threadsAllowed(),
}: WebEngineOptions = {}): Engine {
  if (!Number.isInteger(threads) || threads < 1)
    throw new SingleshotError('E_CONFIG', {
      where: 'createWebEngine',
      rule: 'expected threads to be a whole number from 1 up',
      got: threads,
    })
  env.wasm.numThreads = threads
  env.logLevel = 'error'
  if (files !== undefined) env.wasm.wasmPaths = { ...files }
  const lane = new WebLane()
  return disposable({
    capabilities: async () => {
      lane.checkOpen('capabilities')
      return {
        ...{ device: DEVICE, runtime: 'wasm', target: targetOf(DEVICE), threads },
        memory: undefined,
        // The blocked operators are written for native processors.
        channelBlock: async () => undefined,
      }
    },
    compile: (source) => lane.compile(source),
    close: () => lane.close(),
  } satisfies Omit<Engine, typeof Symbol.asyncDispose>)
}

/** Where the programs of one engine run, one piece of work after the other: no state may meet two runs at once. */
class WebLane {
  readonly #programs = createPrograms({ InferenceSession, Tensor }, 'wasm')
  readonly #hosts = new WeakSet<ProgramHost>()
  readonly #open = new Set<Program>()
  #last: Promise<unknown> = Promise.resolve()
  #closed = false
  #count = 0

  checkOpen(where: string): void {
    if (this.#closed) throw closedError(where, 'engine')
  }

  async compile(source: ProgramSource): Promise<Program> {
    this.checkOpen('compile')
    const { bytes, state = [] } = source
    const shared = sharedProgram(source, (host) => this.#hosts.has(host))
    const id = this.#count++
    const letter = { program: id, bytes, slots: [...state], shared, options: { wasm: SETTINGS } }
    const metadata = await this.#inTurn('compile', () => this.#programs.compile(letter))
    const host = this.#hostOf(id, () => this.#open.delete(program))
    this.#hosts.add(host)
    const program: Program = programOf(id, host, inputsOf(metadata), source)
    this.#open.add(program)
    if (!this.#closed) return program
    await program.close() // The engine was closed meanwhile.
    throw closedError('compile', 'engine')
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#open].map((program) => program.close()))
  }

  #hostOf(program: number, onRelease: () => void): ProgramHost {
    let released = false
    const check = (where: string) => {
      this.checkOpen(where)
      if (released) throw closedError(where, 'program')
    }
    return {
      ask: async (where, body = {}) => {
        check(where)
        // biome-ignore lint/suspicious/noExplicitAny: each question comes with the body that its answer expects.
        const answer = (): unknown => this.#programs[where]({ program, ...body } as any)
        const result = await this.#inTurn(where, answer)
        check(where) // Closing may have overtaken it.
        return result
      },
      release: async () => {
        released = true
        onRelease()
        await this.#inTurn('close', () => this.#programs.release({ program }))
      },
      over: false,
    }
  }

  /** Does something after all that was asked before. @throws SingleshotError E_DEVICE with ONNX Runtime's reason */
  #inTurn<Result>(where: string, work: () => Result | Promise<Result>): Promise<Result> {
    const turn = this.#last.then(work).catch((error) => {
      throw deviceError(where, DEVICE, describeError(error))
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }
}

const SETTINGS = {
  executionProviders: ['wasm'],
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
}

interface Page {
  readonly crossOriginIsolated?: boolean
  readonly navigator?: { readonly hardwareConcurrency?: number }
}

/** Threads share memory, which browsers allow only on pages that are cross-origin isolated. */
function threadsAllowed(): number {
  const { crossOriginIsolated, navigator } = globalThis as Page
  if (crossOriginIsolated !== true) return 1
  return Math.max(1, Math.min(MOST_WEB_THREADS, navigator?.hardwareConcurrency ?? 1))
}
