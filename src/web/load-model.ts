/** @file A model in a page: fetched from an address or handed over as bytes, checked, and ready to detect. */
import { bytesOf } from '../call/bytes-of.ts'
import { orAborted } from '../call/or-aborted.ts'
import { detectorFrom } from '../detect/detector-from.ts'
import { type LoadedModel, openModel } from '../detect/loaded-model.ts'
import { createWebEngine, type WebEngineOptions } from '../engine/web.ts'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'
import type { ReadModelOptions } from '../weights/model-file.ts'

/** Where a model is: an address, as `fetch` takes it, or the bytes of a model file. */
export type WebModelSource = string | URL | Uint8Array | ArrayBuffer | Blob

/** How to load. */
export interface WebLoadOptions extends WebEngineOptions, ReadModelOptions {
  /** Ends the loading with its reason; the engine is freed. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Loads a model in the thread that calls; a page calls it from a Web Worker, to stay free to draw.
 * @throws SingleshotError E_MODEL_MISSING where the address does not send a file; E_MODEL_FILE; E_DEVICE; E_CONFIG for an
 * impossible number of threads; E_ARGUMENT for a source of another kind; the signal's reason
 */
export async function loadModel(
  source: WebModelSource,
  { signal, rules, ...engineOptions }: WebLoadOptions = {},
): Promise<LoadedModel> {
  signal?.throwIfAborted()
  const { bytes, name } = await orAborted(read(source, signal), signal)
  const model = detectorFrom(bytes, name, { rules })
  const engine = createWebEngine(engineOptions)
  try {
    return await orAborted(openModel(engine, model), signal)
  } catch (error) {
    await engine.close()
    throw error
  }
}

/** The bytes of a model file, and its name for messages. */
async function read(source: WebModelSource, signal: AbortSignal | undefined) {
  const bytes = await bytesOf(source)
  if (bytes !== undefined) return { bytes, name: 'bytes' }
  if (typeof source === 'string' || source instanceof URL)
    return { bytes: await fetchBytes(source, signal), name: String(source) }
  throw new SingleshotError('E_ARGUMENT', {
    where: 'loadModel',
    rule: 'expected a model: its address, or the bytes of a model file',
    got: source,
  })
}

async function fetchBytes(address: string | URL, signal: AbortSignal | undefined) {
  const missing = (got: string, cause?: unknown) =>
    new SingleshotError('E_MODEL_MISSING', {
      where: 'loadModel',
      rule: 'expected an address that sends a model file',
      got,
      file: String(address),
      remedy: 'Check the address, and whether its server lets this page read it.',
      cause,
    })
  try {
    const response = await fetch(address, signal === undefined ? {} : { signal })
    if (response.ok) return new Uint8Array(await response.arrayBuffer())
    throw missing(`the status ${response.status}`)
  } catch (error) {
    if (error instanceof SingleshotError) throw error
    throw missing(describeError(error), error)
  }
}
