/**
 * @file What an engine does, without saying how: it turns the bytes of an ONNX graph into a program that
 * can be run again and again. node.ts keeps the promise with onnxruntime-node in a worker thread.
 *
 * A program may have **state**: tensors such as the weights that each run reads and replaces. They stay
 * with the engine, in two sets of buffers that swap roles each run (read one, write the other), so that a
 * training step copies no weights and a failed step leaves the former ones whole.
 */
import type { Shape } from '../graph/tensor.ts'

/** Where the numbers are computed. */
export type Device = 'cpu' | 'webgpu'

/** How to run. */
export interface EngineOptions {
  /** Threads for one run, default 0: as many as the machine has cores. */
  readonly threads?: number
  /** Default 'cpu'. */
  readonly device?: Device
  /** Write ONNX Runtime's profile (JSON, one event a node) to files that begin with this path. */
  readonly profile?: string
}

/** A tensor that a run replaces: fed as input `name`, given back by the graph as output `next`. */
export interface StateSlot {
  readonly name: string
  readonly next: string
  readonly shape: Shape
}

/** A graph to compile. */
export interface ProgramSource {
  /** An ONNX model. */
  readonly bytes: Uint8Array
  readonly state?: readonly StateSlot[]
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
  /** The feeds' buffers, given back to be filled again: fresh memory costs more than the filling. */
  readonly returned: Readonly<Record<string, Feed['data']>>
  /** Wall time inside the engine. */
  readonly milliseconds: number
}

/** A compiled graph. */
export interface Program {
  /**
   * Computes once. The feeds' buffers are handed over and must not be used until the result returns them.
   * @throws SingleshotError E_SHAPE when a feed is missing or has the wrong shape
   */
  run(feeds: Readonly<Record<string, Feed>>): Promise<RunResult>
  /** A copy of every state tensor, by name. */
  readState(): Promise<Map<string, Float32Array>>
  /** Sets state tensors by name; all of them before the first run. */
  writeState(values: ReadonlyMap<string, Float32Array>): Promise<void>
  /** Frees the program. */
  close(): Promise<void>
}

/** Compiles programs. One engine holds one worker. */
export interface Engine {
  readonly device: Device
  /** Channels a block of ONNX Runtime's blocked layout here; undefined where there is none. Measured once. */
  channelBlock(): Promise<number | undefined>
  /** @throws SingleshotError E_DEVICE when the device is not there or lacks an operator of the graph */
  compile(source: ProgramSource): Promise<Program>
  /** Frees the engine and all its programs. */
  close(): Promise<void>
}
