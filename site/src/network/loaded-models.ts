/** @file The models that the worker holds: each is fetched once, and compiled when it is first used in that way. */
import {
  averagedWeights,
  compileForDetection,
  compileForTrace,
  type DetectionNetwork,
  initialWeights,
  input,
  type Model,
  readModel,
  Scope,
  ssd,
  type Tracer,
} from 'singleshot/core'
import type { Engine } from 'singleshot/web'
import { PageError } from '../shell/problem.ts'
import { PromiseCache } from './promise-cache.ts'
import { CUT_OUT } from './time-stages.ts'
import { UNTRAINED } from './untrained.ts'

/** A model and the size of its file. */
export type LoadedModel = Model & { readonly bytes: number }

const FRESH_SEED = 1

/** As many as a run leaves snapshots, and the model itself. */
const MOST_HELD = 10

/** Holds models by their address; the one unused for longest goes first. What failed is tried again. */
export class LoadedModels {
  readonly #engine: Engine
  readonly #models = new PromiseCache<LoadedModel>({ most: MOST_HELD })
  readonly #detectors = new PromiseCache<DetectionNetwork>({
    most: MOST_HELD,
    free: ({ program }) => program.close(),
  })
  readonly #tracers = new PromiseCache<Tracer>({
    most: MOST_HELD,
    free: async ({ network, loss }) => {
      await network.close()
      await loss.close()
    },
  })

  /** @param engine that compiles */
  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** The model itself, or, at an address with {@link UNTRAINED}, as it was before its first step. @throws PageError, SingleshotError E_MODEL_FILE */
  model(url: string): Promise<LoadedModel> {
    const trained = url.replace(UNTRAINED, '')
    return this.#models.get(url, async () =>
      url === trained ? fetchModel(url) : beforeTraining(await this.model(trained)),
    )
  }

  /** The model, ready to detect. @throws as {@link LoadedModels.model} */
  detector(url: string): Promise<DetectionNetwork> {
    return this.#detectors.get(url, async () => {
      const { config, weights } = await this.model(url)
      return compileForDetection(this.#engine, config, weights)
    })
  }

  /** The same weights for a cut-out of a picture: convolutions do not mind. @throws as {@link LoadedModels.model} */
  smallDetector(url: string): Promise<DetectionNetwork> {
    return this.#detectors.get(`${url}#small`, async () => {
      const { config, weights } = await this.model(url)
      const input = { width: CUT_OUT, height: CUT_OUT }
      return compileForDetection(this.#engine, { ...config, input }, weights)
    })
  }

  /** The model, ready to be traced. @throws as {@link LoadedModels.model} */
  tracer(url: string): Promise<Tracer> {
    return this.#tracers.get(url, async () => {
      const { config, weights } = await this.model(url)
      return compileForTrace(this.#engine, config, weights)
    })
  }
}

/** The same network with fresh weights. */
function beforeTraining(model: LoadedModel): LoadedModel {
  const scope = new Scope('evaluate')
  const { width, height } = model.config.input
  ssd(scope, input('images', [1, 3, height, width]), model.config)
  return { ...model, weights: initialWeights(scope, FRESH_SEED) }
}

async function fetchModel(url: string): Promise<LoadedModel> {
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
