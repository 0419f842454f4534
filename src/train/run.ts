/** @file The bookkeeping of a run: how far it is, what it has seen, what it tells. The loop itself is in loop.ts. */
import { anchorsOf } from '../anchor/model-anchors.ts'
import { isReason } from '../call/or-aborted.ts'
import { type BatchMaker, createBatches } from './batches.ts'
import type { Learner } from './learner.ts'
import { addLosses, type Losses, type LossSums, meanLosses, NO_LOSSES } from './losses.ts'
import type { Pause, Position, RunSummary, Timing } from './report.ts'
import type { RunOptions } from './run-options.ts'
import {
  averageDecayAt,
  endsEpoch,
  epochAt,
  learningRateAt,
  type Pace,
  progressOf,
  type Rates,
} from './schedule.ts'
import { checkImages, checkLosses, startLearner } from './start.ts'
import { shapesOf } from './state.ts'

/** What is told of a step that is done. */
export interface StepNote {
  readonly losses: Losses
  /** Of the images it learned from. */
  readonly ids: readonly string[]
  readonly rates: Rates
  /** Of the whole step, and inside the engine. */
  readonly milliseconds: { readonly step: number; readonly engine: number }
}

const NO_TIME: Timing = { seconds: 0, stepMilliseconds: 0, engineMilliseconds: 0 }

/** A run under way. */
export class Run {
  readonly learner: Learner
  readonly batches: BatchMaker
  readonly #options: RunOptions
  readonly #pace: Pace
  readonly #began: number
  readonly #first: number
  #unreported: LossSums
  #timing: Timing
  #learningRate: number
  #endedEarly = false
  step: number

  private constructor(
    options: RunOptions,
    { learner, began }: { readonly learner: Learner; readonly began: number },
  ) {
    const { config, train, examples, resume } = options
    this.learner = learner
    this.#options = options
    this.batches = createBatches({
      ...options,
      anchors: anchorsOf(config),
      batch: train.batch,
      seed: train.seed,
    })
    this.#pace = { images: examples.length, batch: train.batch * learner.batches }
    this.#timing = resume?.timing ?? NO_TIME
    this.#began = began - 1000 * this.#timing.seconds
    this.#unreported = resume?.partial ?? NO_LOSSES
    this.#first = resume?.step ?? 0
    this.step = this.#first
    // Of the last step of the former session, as that one used it.
    this.#learningRate = this.#rateAt(Math.max(0, this.step - 1))
  }

  /**
   * Builds the step, compiles it and puts the first state in place.
   * @throws SingleshotError E_NO_IMAGES without examples; E_CONFIG when nothing can learn; E_RUN when the state is of
   * another network
   */
  static async start(options: RunOptions): Promise<Run> {
    // Building and compiling count as time spent: a run of five minutes ends after five minutes.
    const began = performance.now()
    checkImages(options.examples)
    return new Run(options, { learner: await startLearner(options), began })
  }

  /** Seconds since the beginning, former sessions included. */
  get seconds(): number {
    return (performance.now() - this.#began) / 1000
  }

  /** Share of the run done, 0..1. */
  get progress(): number {
    return this.#progressAt(this.step)
  }

  /** Whether the run was told to stop. */
  get stopped(): boolean {
    return this.#options.signal?.aborted ?? false
  }

  /** Whether the budget is used up. By the clock, a session takes one step at least: it was begun for that. */
  get finished(): boolean {
    return this.progress >= 1 && ('epochs' in this.#options.budget || this.learned)
  }

  /** Whether this session has taken a step. */
  get learned(): boolean {
    return this.step > this.#first
  }

  /** Whether the last step completed a pass over the data. */
  get epochEnded(): boolean {
    return endsEpoch(this.step, this.#pace)
  }

  /** Whether there are steps that no epoch report has told of. */
  get unreported(): boolean {
    return this.#unreported.count > 0
  }

  /** Learning rate and averaging of the next step. */
  get rates(): Rates {
    const averageDecay = averageDecayAt(this.#options.train, this.step)
    return { learningRate: this.#rateAt(this.step), averageDecay }
  }

  /** Notes a step that is done. @throws SingleshotError E_NOT_FINITE */
  note({ losses, ids, rates, milliseconds }: StepNote) {
    checkLosses(losses, ids, this.step)
    this.step++
    this.#learningRate = rates.learningRate
    this.#unreported = addLosses(this.#unreported, losses)
    const { stepMilliseconds, engineMilliseconds } = this.#timing
    this.#timing = {
      ...this.#timing,
      stepMilliseconds: stepMilliseconds + milliseconds.step,
      engineMilliseconds: engineMilliseconds + milliseconds.engine,
    }
    this.#options.onStep?.({ ...losses, ...this.#position() })
  }

  /**
   * Tells about the steps since the last report.
   * @param finished whether it is the last report
   * @returns whether it was heard to its end: a run that is stopped meanwhile has to tell it again
   */
  async reportEpoch(finished: boolean): Promise<boolean> {
    const losses = meanLosses(this.#unreported)
    try {
      await this.#options.onEpoch?.({ ...this.#pause(false), losses, finished })
    } catch (error) {
      if (isReason(error, this.#options.signal)) return false
      throw error
    }
    this.#unreported = NO_LOSSES
    return true
  }

  /** Lets the run be saved between two steps. @param stopping whether it ends here, before its time */
  async pause(stopping: boolean) {
    this.#endedEarly = stopping
    await this.#options.onPause?.(this.#pause(stopping))
  }

  /** What the run leaves. */
  summary(): RunSummary {
    const { step, epoch, progress: _, learningRate: __, ...timing } = this.#position()
    return { steps: step, epochs: epoch, stopped: this.#endedEarly, ...timing }
  }

  #progressAt(step: number): number {
    const { budget } = this.#options
    return progressOf(budget, this.#pace, { step, seconds: this.seconds })
  }

  #rateAt(step: number): number {
    return learningRateAt(this.#options.train, this.#progressAt(step), step)
  }

  #pause(stopping: boolean): Pause {
    return {
      ...this.#position(),
      partial: this.#unreported,
      stopping,
      readState: () => this.learner.readState(),
      shapes: shapesOf(this.learner.slots),
    }
  }

  #position(): Position {
    const { step, progress, seconds } = this
    const epoch = epochAt(step, this.#pace)
    return { ...this.#timing, seconds, step, epoch, progress, learningRate: this.#learningRate }
  }
}
