// @ts-check
/**
 * @file The compiled graphs of an engine, with their state, where they compute: in the engine's thread (session-worker.js)
 * or in that of a page (web.ts). Native sessions write the new state into buffers that lie ready; those of WebAssembly
 * hand out new ones.
 */

/**
 * @typedef {import('onnxruntime-common').InferenceSession} Session
 * @typedef {import('onnxruntime-common').Tensor} Tensor
 * @typedef {import('./load-runtime.js').Api} Api
 * @typedef {import('./load-runtime.js').Runtime} Runtime
 * @typedef {{ name: string, next?: string, shape: readonly number[] }} Slot
 * @typedef {{ data: Float32Array | Int32Array, shape: readonly number[] }} Feed
 * @typedef {Record<string, Tensor>} State
 * @typedef {{
 *   session: Session, slots: Slot[], outputs: string[],
 *   state: State, reads: string[], spare: State,
 * }} Program
 */

/**
 * The programs of a runtime, as answers to messages.
 * @param {Api} api
 * @param {Runtime} runtime
 */
export function createPrograms({ InferenceSession, Tensor }, runtime) {
  /** @type {Map<number, Program>} */
  const programs = new Map()

  /** @param {Slot} slot */
  const emptyTensor = ({ shape }) =>
    new Tensor('float32', new Float32Array(shape.reduce((a, b) => a * b, 1)), shape)

  /** @param {Feed} feed */
  const toTensor = ({ data, shape }) =>
    data instanceof Int32Array
      ? new Tensor('int32', data, shape)
      : new Tensor('float32', data, shape)

  /** @param {number} id */
  const programOf = (id) => /** @type {Program} */ (programs.get(id))

  return {
    /**
     * @param {{ program: number, bytes: Uint8Array, slots: Slot[], shared?: number | undefined, options: any }} message
     */
    async compile({ program, bytes, slots, shared, options }) {
      const session = await InferenceSession.create(bytes, options[runtime])
      const state = shared === undefined ? {} : programOf(shared).state
      for (const slot of slots) state[slot.name] ??= emptyTensor(slot)
      const replaced = slots.filter((slot) => slot.next !== undefined)
      const nextNames = new Set(replaced.map((slot) => slot.next))
      programs.set(program, {
        session,
        slots: replaced,
        outputs: session.outputNames.filter((name) => !nextNames.has(name)),
        state,
        reads: session.inputNames.filter((name) => state[name] !== undefined),
        spare:
          runtime === 'native'
            ? Object.fromEntries(replaced.map((slot) => [slot.next, emptyTensor(slot)]))
            : {},
      })
      return session.inputMetadata
    },

    /** @param {{ program: number, feeds: Record<string, Feed> }} message */
    async run({ program, feeds }) {
      const { session, slots, outputs, state, reads, spare } = programOf(program)
      const tensors = mapValues(feeds, toTensor)
      const current = Object.fromEntries(reads.map((name) => [name, tensorOf(state, name)]))
      const wanted = Object.fromEntries(
        session.outputNames.map((name) => [name, spare[name] ?? null]),
      )
      const started = performance.now()
      const results = await session.run({ ...tensors, ...current }, wanted)
      const milliseconds = performance.now() - started
      // The new state is in `results`: in our spare buffers, if there are any; what was current is free to be written.
      for (const { name, next } of slots) {
        const nextName = /** @type {string} */ (next)
        const freed = tensorOf(state, name)
        state[name] = tensorOf(results, nextName)
        if (spare[nextName] !== undefined) spare[nextName] = freed
      }
      const returned = mapValues(feeds, ({ data }) => data)
      return { ...sortOutputs(outputs, results), returned, milliseconds }
    },

    /** @param {{ program: number }} message */
    readState({ program }) {
      const { state } = programOf(program)
      return new Map(Object.keys(state).map((name) => [name, dataOf(state, name).slice()]))
    },

    /** @param {{ program: number, values: Map<string, Float32Array> }} message */
    writeState({ program, values }) {
      const { state } = programOf(program)
      for (const [name, value] of values) dataOf(state, name).set(value)
    },

    /** @param {{ program: number }} message */
    async release({ program }) {
      const { session } = programOf(program)
      programs.delete(program)
      session.endProfiling()
      await session.release()
    },
  }
}

/**
 * Fractions and whole numbers, by name: 64-bit integers and truth values become 32-bit integers.
 * @param {string[]} names
 * @param {State} results
 */
function sortOutputs(names, results) {
  /** @type {Record<string, Float32Array>} */
  const outputs = {}
  /** @type {Record<string, Int32Array>} */
  const integers = {}
  for (const name of names) {
    const { type, data } = tensorOf(results, name)
    if (data instanceof Float32Array) outputs[name] = data
    else if (data instanceof Int32Array) integers[name] = data
    else if (data instanceof BigInt64Array || data instanceof Uint8Array)
      integers[name] = Int32Array.from(data, Number)
    else throw new Error(`the output ${name} is of the type ${type}, which is not passed on`)
  }
  return { outputs, integers }
}

/** @param {Readonly<Record<string, Tensor>>} tensors @param {string} name */
const tensorOf = (tensors, name) => /** @type {Tensor} */ (tensors[name])

/** @param {State} state @param {string} name */
const dataOf = (state, name) => /** @type {Float32Array} */ (tensorOf(state, name).data)

/**
 * @template T, U
 * @param {Record<string, T>} record
 * @param {(value: T) => U} change
 * @returns {Record<string, U>}
 */
const mapValues = (record, change) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
