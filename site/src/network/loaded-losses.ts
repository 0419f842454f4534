/** @file The losses that the worker holds: each is compiled once, and kept while it is asked for. */
import {
  type AnswerNumbers,
  compileLoss,
  type LossNumbers,
  type ModelConfig,
  runLoss,
  type Targets,
} from 'singleshot/core'
import type { Engine, Program } from 'singleshot/web'
import { PromiseCache } from './promise-cache.ts'

/** A slider over anchors leaves a trail of losses that nobody asks for again. */
const MOST_HELD = 4

/** Holds compiled losses by what they are made from; the one unused for longest goes first. */
export class LoadedLosses {
  readonly #engine: Engine
  readonly #held = new PromiseCache<Program>({
    most: MOST_HELD,
    free: (program) => program.close(),
  })

  /** @param engine that compiles */
  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** The loss of one picture. @throws SingleshotError E_CONFIG, E_SHAPE */
  async run(
    config: ModelConfig,
    answers: AnswerNumbers,
    targets: Pick<Targets, 'classTargets' | 'offsetTargets'>,
  ): Promise<LossNumbers> {
    return runLoss(await this.#program(config), answers, targets)
  }

  #program(config: ModelConfig): Promise<Program> {
    const { input, classes, featureMaps, anchorLayout, boxCoder, loss } = config
    const key = JSON.stringify([input, classes.length, featureMaps, anchorLayout, boxCoder, loss])
    return this.#held.get(key, () => compileLoss(this.#engine, config))
  }
}
