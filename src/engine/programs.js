// @ts-check
/**
 * @file The compiled graphs of the engine's thread, with their state. Native sessions write the new state into buffers
 * that lie ready; those of WebAssembly hand out new ones.
 */

/**
 * @typedef {import('onnxruntime-common').InferenceSession} Session
 * @typedef {import('onnxruntime-common').Tensor} Tensor
 * @typedef {import('./load-runtime.js').Api} Api
 * @typedef {import('./load-runtime.js').Runtime} Runtime
 * @typedef {{ name: string, next: string, shape: number[] }} Slot
 * @typedef {{ data: Float32Array | Int32Array, shape: number[] }} Feed
 * @typedef {{
 *   session: Session, slots: Slot[], outputs: string[],
 *   current: Record<string, Tensor>, next: Record<string, Tensor>,
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
  const emptyTensor = (slot) =>
    new Tensor('float32', new Float32Array(slot.shape.reduce((a, b) => a * b, 1)), slot.shape)

  /** @param {Feed} feed */
  const toTensor = ({ data, shape }) =>
    data instanceof Int32Array
      ? new Tensor('int32', data, shape)
      : new Tensor('float32', data, shape)

  /** @param {number} id */
  const programOf = (id) => /** @type {Program} */ (programs.get(id))

  return {
    /** @param {{ program: number, bytes: Uint8Array, slots: Slot[], options: any }} message */
    async compile({ program, bytes, slots, options }) {
      const session = await InferenceSession.create(bytes, options[runtime])
      const stateOutputs = new Set(slots.map((slot) => slot.next))
      programs.set(program, {
        session,
        slots,
        outputs: session.outputNames.filter((name) => !stateOutputs.has(name)),
        current: Object.fromEntries(slots.map((slot) => [slot.name, emptyTensor(slot)])),
        next:
          runtime === 'native'
            ? Object.fromEntries(slots.map((slot) => [slot.next, emptyTensor(slot)]))
            : {},
      })
      return session.inputMetadata
    },

    /** @param {{ program: number, feeds: Record<string, Feed> }} message */
    async run({ program, feeds }) {
      const { session, slots, outputs, current, next } = programOf(program)
      const tensors = mapValues(feeds, toTensor)
      const wanted = Object.fromEntries(
        session.outputNames.map((name) => [name, next[name] ?? null]),
      )
      const started = performance.now()
      const results = await session.run({ ...tensors, ...current }, wanted)
      const milliseconds = performance.now() - started
      // The new state is in `results`: in our `next` buffers, if there are any; what was current is free to be written.
      for (const slot of slots) {
        const freed = /** @type {Tensor} */ (current[slot.name])
        current[slot.name] = /** @type {Tensor} */ (next[slot.next] ?? results[slot.next])
        if (next[slot.next] !== undefined) next[slot.next] = freed
      }
      const values = Object.fromEntries(
        outputs.map((name) => [name, /** @type {Float32Array} */ (results[name]?.data)]),
      )
      return { outputs: values, returned: mapValues(feeds, ({ data }) => data), milliseconds }
    },

    /** @param {{ program: number }} message */
    readState({ program }) {
      const { slots, current } = programOf(program)
      return new Map(slots.map(({ name }) => [name, Float32Array.from(stateData(current, name))]))
    },

    /** @param {{ program: number, values: Map<string, Float32Array> }} message */
    writeState({ program, values }) {
      const { current } = programOf(program)
      for (const [name, value] of values) stateData(current, name).set(value)
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

/** @param {Record<string, Tensor>} tensors @param {string} name */
const stateData = (tensors, name) => /** @type {Float32Array} */ (tensors[name]?.data)

/**
 * @template T, U
 * @param {Record<string, T>} record
 * @param {(value: T) => U} change
 * @returns {Record<string, U>}
 */
const mapValues = (record, change) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
