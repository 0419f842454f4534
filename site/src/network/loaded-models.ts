/** @file The models that the worker holds: each is fetched once, and compiled when it is first used in that way. */
import {
  averagedWeights,
  compileForDetection,
  compileForTrace,
  type DetectionNetwork,
  type Model,
  readModel,
  type Tracer,
} from 'singleshot/core'
import type { Engine } from 'singleshot/web'
import { PageError } from '../shell/problem.ts'

/** One model and what has been made of it. */
interface Held {
  readonly model: Promise<Model & { readonly bytes: number }>
  detector?: Promise<DetectionNetwork>
  tracer?: Promise<Tracer>
}

/** As many as a run leaves snapshots, and the model itself. */
const MOST_HELD = 10

/** Holds models by their address; the one unused for longest goes first. */
export class LoadedModels {
  readonly #engine: Engine
  readonly #held = new Map<string, Held>()

  /** @param engine that compiles */
  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** The model itself. @throws PageError, SingleshotError E_MODEL_FILE */
  model(url: string): Held['model'] {
    return this.#find(url).model
  }

  /** The model, ready to detect. */
  detector(url: string): Promise<DetectionNetwork> {
    const held = this.#find(url)
    held.detector ??= held.model.then(({ config, weights }) =>
      compileForDetection(this.#engine, config, weights),
    )
    return held.detector
  }

  /** The model, ready to be traced. */
  tracer(url: string): Promise<Tracer> {
    const held = this.#find(url)
    held.tracer ??= held.model.then(({ config, weights }) =>
      compileForTrace(this.#engine, config, weights),
    )
    return held.tracer
  }

  #find(url: string): Held {
    const held = this.#held.get(url) ?? { model: fetchModel(url) }
    this.#held.delete(url)
    this.#held.set(url, held)
    const [oldest] = this.#held.keys()
    if (this.#held.size > MOST_HELD && oldest !== undefined) void this.#free(oldest)
    return held
  }

  async #free(url: string): Promise<void> {
    const held = this.#held.get(url)
    this.#held.delete(url)
    const ignore = () => undefined
    await (await held?.detector?.catch(ignore))?.program.close()
    const tracer = await held?.tracer?.catch(ignore)
    await tracer?.network.close()
    await tracer?.loss.close()
  }
}

async function fetchModel(url: string): Promise<Model & { bytes: number }> {
  const name = url.replace(/^.*\//, '')
  const response = await fetch(url).catch(() => null)
  if (!response?.ok)
    throw new PageError(
      `The model ${name} is not beside this page.`,
      'Make the folder again: singleshot explain --model RUN --out FOLDER.',
      'E_MODEL_MISSING',
    )
  const bytes = new Uint8Array(await response.arrayBuffer())
  const model = readModel(bytes, name)
  return { ...model, weights: averagedWeights(model.weights), bytes: bytes.length }
}
