// @ts-check
/**
 * @file Which ONNX Runtime computes: the native one where it is installed and its library loads, else the one compiled
 * to WebAssembly. Both have the same interface.
 */

/**
 * @typedef {Pick<typeof import('onnxruntime-common'), 'InferenceSession' | 'Tensor'>} Api
 * @typedef {'native' | 'wasm'} Runtime
 * @typedef {Record<Runtime, () => Promise<Api>>} Loaders
 */

/** @type {Loaders} */
const LOADERS = {
  native: async () => commonPart(await import('onnxruntime-node')),
  wasm: async () => {
    const ort = commonPart(await import('onnxruntime-web'))
    // Each further thread would be a worker of this worker; measured on two cores, two gained nothing over one.
    ort.env.wasm.numThreads = 1
    ort.env.logLevel = 'error'
    return ort
  },
}

/**
 * What is the same in every package of ONNX Runtime; those in CommonJS have it under `default`.
 * @param {any} module
 * @returns {typeof import('onnxruntime-common')}
 */
const commonPart = (module) => (module.InferenceSession === undefined ? module.default : module)

/**
 * Loads the first that can be loaded.
 * @param {Runtime | undefined} wanted only this one
 * @param {Loaders} loaders default: the packages
 * @returns {Promise<{ runtime: Runtime, api: Api, refused: string | undefined }>} and why the native one was refused
 * @throws Error that says why each of them was refused
 */
export async function loadRuntime(wanted, loaders = LOADERS) {
  /** @type {string[]} */
  const reasons = []
  for (const runtime of wanted === undefined ? /** @type {const} */ (['native', 'wasm']) : [wanted])
    try {
      return { runtime, api: await loaders[runtime](), refused: reasons[0] }
    } catch (error) {
      reasons.push(error instanceof Error ? firstLine(error.message) : String(error))
    }
  throw new Error(reasons.join('; '))
}

/** What follows in such a message is a stack of modules. @param {string} text */
const firstLine = (text) => /** @type {string} */ (text.split('\n')[0])
