/// <reference lib="esnext.disposable" preserve="true" />
/**
 * @file What an engine does, without saying how: it turns the bytes of an ONNX graph into a program that
 * can be run again and again. node.ts keeps the promise with ONNX Runtime in a worker thread,
 * web.ts with ONNX Runtime in the page.
 *
 * A program may have **state**: tensors such as the weights that each run reads and replaces. They stay
 * with the engine, in two sets of buffers that swap roles each run (read one, write the other), so that a
 * training step copies no weights and a failed step leaves the former ones whole.
 *
 * Every call settles. After `close()` it rejects at once with E_CLOSED, and so does a call that closing overtook;
 * when the engine's thread ends by itself, all calls reject with E_ENGINE.
 */
import type { Target } from '../graph/lowering.ts'
import type { Shape } from '../graph/tensor.ts'

/** Where the numbers may be computed. */
export const DEVICES = ['cpu', 'webgpu'] as const

/** Where the numbers are computed. */
export type Device = (typeof DEVICES)[number]

/** Where they are, unless told otherwise. */
export const DEFAULT_DEVICE = 'cpu' satisfies Device

/** What computes them: ONNX Runtime compiled for this machine, or compiled to WebAssembly, which is slower. */
export type Runtime = 'native' | 'wasm'

/** How to run. */
export interface EngineOptions {
  /** Threads for one run, default 0: as many as the machine has cores; WebAssembly always uses one. */
  readonly threads?: number
  /** Default {@link DEFAULT_DEVICE}. */
  readonly device?: Device
  /** Default: native where it loads, else WebAssembly. */
  readonly runtime?: Runtime | undefined
  /** Told once, in a plain sentence, when the slower engine takes the place of the native one. */
  readonly onNotice?: ((notice: string) => void) | undefined
  /** Write ONNX Runtime's profile (JSON, one event a node) to files that begin with this path. */
  readonly profile?: string
}

/** What an engine can do, for graphs to be written accordingly. */
export interface Capabilities {
  readonly device: Device
  readonly runtime: Runtime
  /** Threads for one run. */
  readonly threads: number
  /** Which operators a graph may use. */
  readonly target: Target
  /** Bytes that may still be taken; undefined where the system does not tell, as in a browser. */
  readonly memory: number | undefined
  /**
   * Channels per block of ONNX Runtime's blocked layout; undefined where there is none. Measured once, when first asked.
   * @throws SingleshotError E_CLOSED, E_ENGINE
   */
  channelBlock(): Promise<number | undefined>
}

/**
 * A tensor that stays with the engine from run to run: fed as input `name`, and replaced by the graph's output `next`;
 * without `next` the graph only reads it.
 */
export interface StateSlot {
  readonly name: string
  readonly next?: string
  readonly shape: Shape
}

/** A graph to compile. */
export interface ProgramSource {
  /** An ONNX model. */
  readonly bytes: Uint8Array
  readonly state?: readonly StateSlot[]
  /** A program of the same engine whose state this graph reads too: one set of weights for both. */
  readonly shares?: Program | undefined
}

/** Fed at a run: flat values, row after row, with their shape. */
export interface Feed {
  readonly data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>
  readonly shape: Shape
}

/** What a run gives back. */
export interface RunResult {
  /** Flat values by output name (state is kept inside). */
  readonly outputs: Readonly<Record<string, Float32Array>>
  /** Outputs that are whole numbers or truth values, by name. */
  readonly integers: Readonly<Record<string, Int32Array>>
  /** The feeds' buffers, given back to be filled again: fresh memory costs more than the filling. */
  readonly returned: Readonly<Record<string, Feed['data']>>
  /** Wall time inside the engine. */
  readonly milliseconds: number
}

/** A compiled graph. */
export interface Program extends AsyncDisposable {
  /**
   * Computes once. The feeds' buffers are handed over and must not be used until the result returns them. Feeds that
   * the graph has no input for are ignored, and their buffers stay where they are.
   * @throws SingleshotError E_SHAPE when a feed is missing, has the wrong kind, shape or length, or a buffer that is
   * already handed over; E_DEVICE when an operator fails; E_CLOSED; E_ENGINE
   */
  run(feeds: Readonly<Record<string, Feed>>): Promise<RunResult>
  /** A copy of every state tensor, by name. @throws SingleshotError E_CLOSED, E_ENGINE */
  readState(): Promise<Map<string, Float32Array>>
  /**
   * Sets state tensors by name; all of them before the first run.
   * @throws SingleshotError E_SHAPE when a name or a length is wrong; E_CLOSED; E_ENGINE
   */
  writeState(values: ReadonlyMap<string, Float32Array>): Promise<void>
  /** Frees the program. Closing twice, or after the engine, is fine. */
  close(): Promise<void>
}

/** Compiles programs. One engine holds one worker. */
export interface Engine extends AsyncDisposable {
  /** What it can do. @throws SingleshotError E_ENGINE when no ONNX Runtime can be loaded; E_CLOSED */
  capabilities(): Promise<Capabilities>
  /**
   * @throws SingleshotError E_DEVICE when the device is not there, or cannot run the graph: the message names the
   * operator; E_ENGINE when ONNX Runtime cannot be loaded; E_CLOSED
   */
  compile(source: ProgramSource): Promise<Program>
  /** Frees the engine and all its programs, after the run under way has ended. Closing twice is fine. */
  close(): Promise<void>
}
