// @ts-check
/**
 * @file The thread in which onnxruntime computes. Its run() is native work that blocks the thread it is
 * called on, so it gets one of its own and the main thread stays free to prepare the next batch, to draw
 * progress and to hear Ctrl-C. Plain JavaScript, because a worker thread starts from a file that Node can
 * read as it is, in the sources as well as in the built package.
 *
 * Messages in: { id, kind, program, ... }; messages out: { id, value } or { id, error }.
 */
import { parentPort } from 'node:worker_threads'
import { InferenceSession, Tensor } from 'onnxruntime-node'

/**
 * @typedef {{ name: string, next: string, shape: number[] }} Slot
 * @typedef {{ data: Float32Array | Int32Array, shape: number[] }} Feed
 * @typedef {{
 *   session: InferenceSession, slots: Slot[], outputs: string[],
 *   current: Record<string, Tensor>, next: Record<string, Tensor>,
 * }} Program
 */

/** @type {Map<number, Program>} */
const programs = new Map()

/** @param {Slot} slot */
const emptyTensor = (slot) =>
  new Tensor('float32', new Float32Array(slot.shape.reduce((a, b) => a * b, 1)), slot.shape)

/** @param {{ program: number, bytes: Uint8Array, slots: Slot[], options: InferenceSession.SessionOptions }} message */
async function compile({ program, bytes, slots, options }) {
  const session = await InferenceSession.create(bytes, options)
  const stateOutputs = new Set(slots.map((slot) => slot.next))
  programs.set(program, {
    session,
    slots,
    outputs: session.outputNames.filter((name) => !stateOutputs.has(name)),
    current: Object.fromEntries(slots.map((slot) => [slot.name, emptyTensor(slot)])),
    next: Object.fromEntries(slots.map((slot) => [slot.next, emptyTensor(slot)])),
  })
  return session.inputNames
}

/** @param {Feed} feed */
const toTensor = ({ data, shape }) =>
  data instanceof Int32Array ? new Tensor('int32', data, shape) : new Tensor('float32', data, shape)

/** @param {{ program: number, feeds: Record<string, Feed> }} message */
async function run({ program, feeds }) {
  const { session, slots, outputs, current, next } = programOf(program)
  const tensors = Object.fromEntries(
    Object.entries(feeds).map(([name, feed]) => [name, toTensor(feed)]),
  )
  const wanted = { ...Object.fromEntries(outputs.map((name) => [name, null])), ...next }
  const started = performance.now()
  const results = await session.run({ ...tensors, ...current }, wanted)
  const milliseconds = performance.now() - started
  // The engine wrote the new state into our `next` buffers; what was current is free to be written now.
  for (const slot of slots) {
    const freed = /** @type {Tensor} */ (current[slot.name])
    current[slot.name] = /** @type {Tensor} */ (next[slot.next])
    next[slot.next] = freed
  }
  const values = Object.fromEntries(
    outputs.map((name) => [name, /** @type {Float32Array} */ (results[name]?.data)]),
  )
  const returned = Object.fromEntries(Object.entries(feeds).map(([name, { data }]) => [name, data]))
  return { outputs: values, returned, milliseconds }
}

/** @param {{ program: number }} message */
function readState({ program }) {
  const { slots, current } = programOf(program)
  return new Map(slots.map(({ name }) => [name, Float32Array.from(stateData(current, name))]))
}

/** @param {{ program: number, values: Map<string, Float32Array> }} message */
function writeState({ program, values }) {
  const { current } = programOf(program)
  for (const [name, value] of values) stateData(current, name).set(value)
}

/** @param {Record<string, Tensor>} tensors @param {string} name */
const stateData = (tensors, name) => /** @type {Float32Array} */ (tensors[name]?.data)

/** @param {{ program: number }} message */
async function release({ program }) {
  const { session } = programOf(program)
  programs.delete(program)
  session.endProfiling()
  await session.release()
}

/** @param {number} id */
function programOf(id) {
  const program = programs.get(id)
  if (program === undefined) throw new Error(`program ${id} is closed`)
  return program
}

/** @type {Record<string, (message: any) => unknown>} */
const handlers = { compile, run, readState, writeState, release }

/** @param {any} value @returns {ArrayBuffer[]} the buffers to hand over instead of copying */
function buffersOf(value) {
  const arrays =
    value instanceof Map
      ? [...value.values()]
      : [...Object.values(value?.outputs ?? {}), ...Object.values(value?.returned ?? {})]
  return [...new Set(arrays.map((array) => array.buffer))]
}

parentPort?.on('message', async (message) => {
  try {
    const value = await handlers[message.kind]?.(message)
    parentPort?.postMessage({ id: message.id, value }, buffersOf(value))
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    parentPort?.postMessage({ id: message.id, error: text })
  }
})
