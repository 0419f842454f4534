// @ts-check
/**
 * @file The thread in which ONNX Runtime computes. Its run() is work that blocks the thread it is called on, so it
 * gets one of its own and the main thread stays free to prepare the next batch, to draw progress and to hear Ctrl-C.
 * Plain JavaScript, because a worker thread starts from a file that Node can read as it is, in the sources as well as in
 * the built package.
 *
 * One message is answered at a time, so that the state of a program never meets two runs at once.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { loadRuntime } from './load-runtime.js'
import { createPrograms } from './programs.js'
import { BUSY, CLOSING } from './thread-messages.js'

/** @type {Int32Array<SharedArrayBuffer>} */
const flags = workerData.flags

/** @type {Record<string, (message: any) => unknown>} */
const handlers = {
  /** @param {{ wanted: import('./load-runtime.js').Runtime | undefined }} message */
  async load({ wanted }) {
    const { runtime, api, refused } = await loadRuntime(wanted)
    Object.assign(handlers, createPrograms(api, runtime))
    return { runtime, refused }
  },
}

/** @param {any} value @returns {ArrayBuffer[]} the buffers to hand over instead of copying */
function buffersOf(value) {
  const arrays =
    value instanceof Map
      ? [...value.values()]
      : [
          ...Object.values(value?.outputs ?? {}),
          ...Object.values(value?.integers ?? {}),
          ...Object.values(value?.returned ?? {}),
        ]
  return [...new Set(arrays.map((array) => array.buffer))]
}

/** @param {any} message */
async function answer(message) {
  // First the one flag, then a look at the other; the owner does it the other way round, so one of both notices.
  Atomics.store(flags, BUSY, 1)
  try {
    if (Atomics.load(flags, CLOSING) === 0) await reply(message)
  } finally {
    Atomics.store(flags, BUSY, 0)
    Atomics.notify(flags, BUSY)
  }
}

/** @param {any} message */
async function reply(message) {
  try {
    const value = await handlers[message.kind]?.(message)
    parentPort?.postMessage({ id: message.id, value }, buffersOf(value))
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    parentPort?.postMessage({ id: message.id, error: text })
  }
}

let last = Promise.resolve()
parentPort?.on('message', (message) => {
  if (message.kind === 'close') last.then(() => process.exit(0))
  else last = last.then(() => answer(message))
})
parentPort?.on('messageerror', (error) => {
  throw error // Nobody knows whose question it was: the thread ends, and all who wait hear of it.
})
