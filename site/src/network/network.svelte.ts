/** @file The network as live state: whether there is one, whether it is ready, what it says. Loaded when first needed. */
import type {
  DetectConfig,
  DetectResult,
  Image,
  LossNumbers,
  Trace,
  TracedObject,
  TraceOptions,
} from 'singleshot/core'
import { data, dataAddress } from '../manifest/data.svelte.ts'
import { NetworkClient } from './client.ts'
import type { LossAsk, ModelFacts } from './protocol.ts'
import type { StageTimes } from './time-stages.ts'

/** How far the network is. */
export type NetworkStatus = 'not asked' | 'loading' | 'ready' | 'absent' | 'failed'

/** What a trace needs besides the picture. */
export interface TraceAsk {
  /** The ground truth, class ids in the model's list; undefined: unknown, and the trace has no losses. */
  readonly objects?: readonly TracedObject[] | undefined
  /** Thresholds that differ from the model's own. */
  readonly detect?: Partial<DetectConfig> | undefined
}

class Network {
  status = $state<NetworkStatus>('not asked')
  /** What is known of the model, once it is ready. */
  model = $state.raw<ModelFacts | null>(null)
  /** Why it failed. */
  problem = $state.raw<unknown>(null)
  readonly #client = new NetworkClient()
  #loading: Promise<boolean> | undefined

  /** The name of what was put beside the page; null where there is no model. */
  get modelName(): string | null {
    return data.manifest.model === null ? null : data.manifest.name
  }

  /** Loads the model, once; again if that failed. @returns whether there is one that can be used; never fails */
  load(): Promise<boolean> {
    this.#loading ??= this.#load().finally(() => {
      if (this.status === 'failed') this.#loading = undefined
    })
    return this.#loading
  }

  /**
   * Detects in a picture; null where there is no model.
   * @param file another model beside the manifest, e.g. a snapshot's; default: the model
   * @throws Problem
   */
  async detect(
    image: Image,
    options: Partial<DetectConfig> = {},
    file?: string,
  ): Promise<DetectResult | null> {
    const url = await this.#address(file)
    return url === null ? null : this.#client.ask('detect', { url, image, options: { ...options } })
  }

  /**
   * Traces a picture: every anchor's story; null where there is no model.
   * @param asked the ground truth, if it is known, and thresholds
   * @param file as for {@link Network.detect}
   * @throws Problem
   */
  async trace(image: Image, asked: TraceAsk = {}, file?: string): Promise<Trace | null> {
    const url = await this.#address(file)
    const { objects, detect } = asked
    // Live state cannot cross to the worker; plain copies can.
    const options: TraceOptions = {
      ...(objects && {
        objects: objects.map(({ box, classId }) => ({ box: { ...box }, classId })),
      }),
      ...(detect && { detect: { ...detect } }),
    }
    return url === null ? null : this.#client.ask('trace', { url, image, options })
  }

  /**
   * Times one pass on this machine, and what second stages would add; null where there is no model.
   * @throws Problem
   */
  async time(image: Image): Promise<StageTimes | null> {
    const url = await this.#address(undefined)
    return url === null ? null : this.#client.ask('time', { url, image })
  }

  /**
   * The loss of answers and targets, however they were made; works without a model.
   * @throws Problem
   */
  loss({ config, answers, targets }: LossAsk): Promise<LossNumbers> {
    const { logits, offsets } = answers
    const { classTargets, offsetTargets } = targets
    return this.#client.ask('loss', {
      // Live state cannot cross to the worker; a plain copy can.
      config: JSON.parse(JSON.stringify(config)),
      answers: { logits, offsets },
      targets: { classTargets, offsetTargets },
    })
  }

  async #address(file: string | undefined): Promise<string | null> {
    if (file !== undefined) return dataAddress(file)
    return (await this.load()) ? dataAddress(data.manifest.model!) : null
  }

  async #load(): Promise<boolean> {
    const { model } = await data.ready
    if (model === null) {
      this.status = 'absent'
      return false
    }
    this.status = 'loading'
    try {
      this.model = await this.#client.ask('load', { url: dataAddress(model) })
      this.problem = null
      this.status = 'ready'
      return true
    } catch (error) {
      this.problem = error
      this.status = 'failed'
      return false
    }
  }
}

/** The page's network. */
export const network = new Network()
